package dev.fettle.server;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.engine.knowledge.Progress;
import dev.fettle.server.view.IncidentIndex;
import dev.fettle.server.view.IncidentSummary;
import dev.fettle.store.IncidentQuery;
import dev.fettle.store.SqlStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The list of incidents, read from the store. */
final class StoreIndex implements IncidentIndex {
  private static final int MINUTES = 60;

  private final SqlStore store;
  private final InstantSource clock;

  StoreIndex(SqlStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public List<IncidentSummary> page(String query, String sort, int page, int size) {
    int offset = (int) Math.min((long) page * size, Integer.MAX_VALUE);
    return store.incidents(query(query, sort, offset, size)).incidents().stream()
        .map(this::summary)
        .toList();
  }

  @Override
  public long total(String query) {
    return store.incidents(query(query, "", 0, 1)).total();
  }

  @Override
  public Optional<IncidentId> incidentOf(DeliveryId delivery) {
    return store.delivery(delivery).map(Delivery::incident);
  }

  private static IncidentQuery query(String query, String sort, int offset, int limit) {
    IncidentQuery.Sort by =
        switch (sort) {
          case "firstSeen" -> IncidentQuery.Sort.FIRST_SEEN;
          case "count" -> IncidentQuery.Sort.COUNT;
          default -> IncidentQuery.Sort.LAST_SEEN;
        };
    return new IncidentQuery(query, by, true, offset, limit);
  }

  private IncidentSummary summary(Incident incident) {
    List<Delivery> deliveries = store.deliveries(incident.id());
    return new IncidentSummary(
        incident.id().value(),
        incident.title(),
        Progress.of(incident, store.of(incident.id()), deliveries).status().name(),
        incident.sample().origin().service(),
        incident.exception().root().type(),
        incident.count(),
        incident.firstSeen(),
        incident.lastSeen(),
        deliveries.stream().map(d -> d.id().value()).toList(),
        store.perMinute(incident.id(), clock.instant(), MINUTES));
  }
}
