package dev.fettle.contract.spi;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Outcome;
import java.util.List;
import java.util.Optional;

/** What Fettle knows and keeps. Writes return when durable. Thread-safe. */
public interface Knowledge {
  /** The incident that shares any hash with the fingerprint, within one service. */
  Optional<Incident> find(String service, Fingerprint fingerprint);

  Optional<Incident> incident(IncidentId id);

  /** Inserts or replaces. */
  void save(Incident incident);

  /**
   * Remembers the signal and saves the incident that counts it, both or neither.
   *
   * @return false when the signal was stored before; then nothing is saved
   */
  boolean count(String signalId, Incident incident);

  /** Inserts or replaces the incident's file. */
  void save(CaseFile file);

  /** The file of the latest attempt. */
  Optional<CaseFile> caseFile(IncidentId incident);

  void save(Delivery delivery);

  Optional<Delivery> delivery(DeliveryId id);

  List<Delivery> deliveries(IncidentId incident);

  void save(Outcome outcome);

  /** Oldest first. */
  List<Outcome> outcomes(DeliveryId delivery);
}
