package dev.fettle.testkit.road;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.spi.Journal;
import dev.fettle.contract.spi.Knowledge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Journal and knowledge in memory. It can be made to die at the n-th write, before or after it, as
 * a killed server does: what was written stays. Guarded by itself.
 */
public final class MemoryStore implements Journal, Knowledge {
  /** Thrown in place of dying. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(long write) {
      super("killed at write " + write);
    }
  }

  private final List<JournalEntry> journal = new ArrayList<>();
  private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
  private final Map<IncidentId, CaseFile> files = new LinkedHashMap<>();
  private final Map<DeliveryId, Delivery> deliveries = new LinkedHashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Set<String> signals = new HashSet<>();
  private long writes;
  private long killAt = -1;
  private boolean killAfter;

  /** Dies at the n-th write from now, counted from 1. */
  public synchronized void killAt(long write, boolean after) {
    killAt = writes + write;
    killAfter = after;
  }

  /** Lives on. */
  public synchronized void revive() {
    killAt = -1;
  }

  /** Writes so far. */
  public synchronized long writes() {
    return writes;
  }

  @Override
  public synchronized JournalEntry append(JournalEntry e) {
    JournalEntry stored =
        new JournalEntry(
            journal.size() + 1L, e.incident(), e.step(), e.state(), e.detail(), e.data(), e.at());
    write(() -> journal.add(stored));
    return stored;
  }

  @Override
  public synchronized List<JournalEntry> of(IncidentId incident) {
    return journal.stream().filter(e -> e.incident().equals(incident)).toList();
  }

  @Override
  public synchronized List<IncidentId> unfinished() {
    Set<IncidentId> open = new LinkedHashSet<>();
    Set<IncidentId> ended = new HashSet<>();
    for (JournalEntry entry : journal) {
      if (entry.step() == JournalEntry.Step.OUTCOME) {
        open.remove(entry.incident());
        ended.add(entry.incident());
      } else if (entry.step() != JournalEntry.Step.INTAKE || !ended.contains(entry.incident())) {
        open.add(entry.incident());
      }
    }
    return List.copyOf(open);
  }

  @Override
  public synchronized Optional<Incident> find(String service, Fingerprint fingerprint) {
    return incidents.values().stream()
        .filter(i -> i.sample().origin().service().equals(service))
        .filter(i -> i.fingerprint().hashes().stream().anyMatch(fingerprint.hashes()::contains))
        .findFirst();
  }

  @Override
  public synchronized Optional<Incident> incident(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  @Override
  public synchronized void save(Incident incident) {
    write(() -> incidents.put(incident.id(), incident));
  }

  @Override
  public synchronized boolean count(String signalId, Incident incident) {
    if (signals.contains(signalId)) {
      return false;
    }
    write(
        () -> {
          signals.add(signalId);
          incidents.put(incident.id(), incident);
        });
    return true;
  }

  @Override
  public synchronized void save(CaseFile file) {
    write(() -> files.put(file.incident(), file));
  }

  @Override
  public synchronized Optional<CaseFile> caseFile(IncidentId incident) {
    return Optional.ofNullable(files.get(incident));
  }

  @Override
  public synchronized void save(Delivery delivery) {
    write(() -> deliveries.put(delivery.id(), delivery));
  }

  @Override
  public synchronized Optional<Delivery> delivery(DeliveryId id) {
    return Optional.ofNullable(deliveries.get(id));
  }

  @Override
  public synchronized List<Delivery> deliveries(IncidentId incident) {
    return deliveries.values().stream().filter(d -> d.incident().equals(incident)).toList();
  }

  @Override
  public synchronized void save(Outcome outcome) {
    write(() -> outcomes.add(outcome));
  }

  @Override
  public synchronized List<Outcome> outcomes(DeliveryId delivery) {
    return outcomes.stream().filter(o -> o.delivery().equals(delivery)).toList();
  }

  private void write(Runnable write) {
    if (killAt >= 0 && writes + 1 > killAt) {
      throw new Killed(writes + 1); // a dead server writes nothing more
    }
    writes++;
    boolean last = writes == killAt;
    if (last && !killAfter) {
      throw new Killed(writes);
    }
    write.run();
    if (last) {
      throw new Killed(writes);
    }
  }
}
