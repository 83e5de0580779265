package dev.fettle.contract.model;

import java.time.Instant;
import java.util.List;

/**
 * A plausible patch that left the house.
 *
 * @param channel name of the channel, for example {@code branch}
 * @param reference what to look at: a path, a branch name, a list of instances
 */
public record Delivery(
    DeliveryId id, IncidentId incident, String channel, String reference, Instant at) {

  /** Whether none of its {@code outcomes} since it was last made took it back. */
  public boolean stands(List<Outcome> outcomes) {
    return outcomes.stream().noneMatch(o -> o.kind().takesBack() && !o.at().isBefore(at));
  }
}
