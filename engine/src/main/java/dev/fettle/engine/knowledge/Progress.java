package dev.fettle.engine.knowledge;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far an incident came, and when. All times but {@code thrownAt} are the server's; {@code
 * thrownAt} is by the clock of the process that failed.
 *
 * @param thrownAt first occurrence
 * @param storedAt when the first occurrence was durable
 * @param confirmedAt when the project's own build had passed
 */
public record Progress(
    IncidentStatus status,
    int attempts,
    Instant thrownAt,
    Optional<Instant> storedAt,
    Optional<Instant> diagnosisStartedAt,
    Optional<Instant> diagnosedAt,
    Optional<Instant> reproducedAt,
    Optional<Instant> verdictAt,
    Optional<Instant> branchAt,
    Optional<Instant> hotPatchAt,
    Optional<Instant> confirmedAt) {

  /**
   * @param entries all entries of the incident, oldest first
   * @param deliveries all deliveries of the incident
   */
  public static Progress of(
      Incident incident, List<JournalEntry> entries, List<Delivery> deliveries) {
    Trail trail = Trail.of(entries);
    return new Progress(
        status(trail),
        trail.attempts(),
        incident.firstSeen(),
        entries.stream()
            .filter(e -> e.step() == Step.INTAKE && e.state() == State.DONE)
            .map(JournalEntry::at)
            .findFirst(),
        trail.firstAt(Step.DIAGNOSE, State.STARTED),
        trail.firstAt(Step.DIAGNOSE, State.DONE),
        trail.firstAt(Step.REPRODUCE, State.DONE),
        trail.firstAt(Step.VALIDATE, State.DONE),
        deliveredAt("branch", deliveries),
        deliveredAt("hotpatch", deliveries),
        trail.firstAt(Step.CONFIRM, State.DONE));
  }

  /** From the throw to a later moment; never negative, clocks of two processes may differ. */
  public Optional<Duration> since(Optional<Instant> moment) {
    return moment.map(at -> at.isBefore(thrownAt) ? Duration.ZERO : Duration.between(thrownAt, at));
  }

  private static IncidentStatus status(Trail trail) {
    Optional<IncidentStatus> end = trail.end();
    if (end.isPresent()) {
      return end.get();
    }
    if (trail.waiting()) {
      return IncidentStatus.PROPOSED;
    }
    if (trail.done(Step.DELIVER)) {
      return trail.done(Step.CONFIRM) ? IncidentStatus.CONFIRMED : IncidentStatus.DELIVERED;
    }
    if (trail.done(Step.REPRODUCE)) {
      return IncidentStatus.REPRODUCED;
    }
    return trail.done(Step.DIAGNOSE) ? IncidentStatus.DIAGNOSED : IncidentStatus.OPEN;
  }

  private static Optional<Instant> deliveredAt(String channel, List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(d -> d.channel().equals(channel))
        .map(Delivery::at)
        .min(Instant::compareTo);
  }
}
