package dev.fettle.contract.model;

import java.util.HashMap;
import java.util.Map;

/**
 * What may be delivered, by channel name. A channel that is not named is {@link Autonomy#NEVER}.
 *
 * @param name shown to people: {@code startup}, {@code enterprise}, {@code default}, ...
 */
public record Policy(String name, Map<String, Autonomy> channels) {
  public Policy {
    channels = Map.copyOf(channels);
  }

  /** What {@code channel} may do. */
  public Autonomy autonomy(String channel) {
    return channels.getOrDefault(channel, Autonomy.NEVER);
  }

  /** This policy, nowhere freer than {@code ceiling}. */
  public Policy under(Policy ceiling) {
    Map<String, Autonomy> narrowed = new HashMap<>();
    channels.forEach((c, a) -> narrowed.put(c, a.min(ceiling.autonomy(c))));
    return new Policy(name, narrowed);
  }
}
