package dev.fettle.server.view;

import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.IncidentId;
import java.util.List;
import java.util.Optional;

/** Searches incidents. */
public interface IncidentIndex {
  /**
   * @param query words that must all occur; empty for all
   * @param sort {@code lastSeen}, {@code firstSeen} or {@code count}, largest first
   * @param page from 0
   */
  List<IncidentSummary> page(String query, String sort, int page, int size);

  long total(String query);

  Optional<IncidentId> incidentOf(DeliveryId delivery);
}
