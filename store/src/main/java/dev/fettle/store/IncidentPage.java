package dev.fettle.store;

import dev.fettle.contract.model.Incident;
import java.util.List;

/**
 * One page of a list.
 *
 * @param total incidents that match, on all pages
 */
public record IncidentPage(List<Incident> incidents, long total) {
  public IncidentPage {
    incidents = List.copyOf(incidents);
  }
}
