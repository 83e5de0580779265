package dev.fettle.engine.loop;

import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.engine.knowledge.IncidentStatus;
import dev.fettle.engine.knowledge.Trail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Decides when an incident goes down the road: once at a time, a few attempts with growing pauses,
 * a bounded queue, and a breaker that opens when repair after repair ends badly. Guarded by itself;
 * the executor gives it threads.
 */
public final class Repairs {
  /**
   * How much is tried.
   *
   * @param queued incidents that wait at most
   * @param attempts per incident
   * @param pause after the first failed attempt; doubled after each further one
   * @param failuresInRow withdrawn or broken repairs in a row that open the breaker
   * @param breakerPause how long it stays open
   */
  public record Limits(
      int queued, int attempts, Duration pause, int failuresInRow, Duration breakerPause) {
    /** For one repository. */
    public static Limits defaults() {
      return new Limits(1000, 3, Duration.ofMinutes(1), 5, Duration.ofMinutes(10));
    }
  }

  private final RepairLoop loop;
  private final Roles roles;
  private final Executor threads;
  private final Limits limits;
  private final InstantSource clock;
  private final BiConsumer<IncidentId, Resolution> ended;
  private final Set<IncidentId> underWay = new HashSet<>();

  /**
   * @param threads runs repairs; how many at once is its business
   * @param ended told of every resolution, on the repair's thread
   */
  public Repairs(
      RepairLoop loop,
      Roles roles,
      Executor threads,
      Limits limits,
      BiConsumer<IncidentId, Resolution> ended) {
    this.loop = loop;
    this.roles = roles;
    this.threads = threads;
    this.limits = limits;
    this.clock = roles.clock();
    this.ended = ended;
  }

  /**
   * Has an incident repaired if it may be.
   *
   * @param enriched whether the incident's sample just became richer, which is worth an attempt
   *     without a pause
   */
  public Submission submit(Incident incident, boolean enriched) {
    if (incident.sample().trust() == TrustTier.PUBLIC) {
      return new Submission.Refused("trust: public signals never start a repair");
    }
    Trail trail = Trail.of(roles.journal().of(incident.id()));
    Optional<Submission> no = refusal(trail, enriched);
    return no.isPresent() ? no.get() : enqueue(incident.id());
  }

  /** Takes up what a killed server left on the road; the number of incidents. */
  public int resume() {
    int resumed = 0;
    for (IncidentId id : roles.journal().unfinished()) {
      if (enqueue(id) instanceof Submission.Accepted) {
        resumed++;
      }
    }
    return resumed;
  }

  /** Incidents queued or on the road. */
  public synchronized int underWay() {
    return underWay.size();
  }

  private Optional<Submission> refusal(Trail trail, boolean enriched) {
    if (trail.underWay()) {
      return trail.handedOver() ? Optional.of(new Submission.Underway()) : Optional.empty();
    }
    Optional<IncidentStatus> end = trail.end();
    if (end.isEmpty()) {
      return Optional.empty();
    }
    if (end.get() != IncidentStatus.UNREPAIRED) {
      return Optional.of(new Submission.Refused("the incident is " + end.get()));
    }
    if (trail.attempts() >= limits.attempts()) {
      return Optional.of(new Submission.Refused(trail.attempts() + " attempts failed"));
    }
    Duration pause = limits.pause().multipliedBy(1L << Math.min(20, trail.attempts() - 1));
    Instant until = trail.endedAt().orElse(Instant.EPOCH).plus(pause);
    if (!enriched && clock.instant().isBefore(until)) {
      return Optional.of(new Submission.Paused("attempt " + trail.attempts() + " failed", until));
    }
    return Optional.empty();
  }

  private synchronized Submission enqueue(IncidentId id) {
    Optional<Instant> open =
        loop.breaker().openUntil(limits.failuresInRow(), limits.breakerPause());
    if (open.isPresent()) {
      return new Submission.Paused(
          limits.failuresInRow() + " repairs in a row ended badly", open.get());
    }
    if (underWay.contains(id)) {
      return new Submission.Underway();
    }
    if (underWay.size() >= limits.queued()) {
      return new Submission.Paused("the queue is full", clock.instant().plus(limits.pause()));
    }
    underWay.add(id);
    threads.execute(() -> run(id));
    return new Submission.Accepted();
  }

  /**
   * A repair that throws ends its attempt. The incident may come again only after that, whatever
   * was thrown. One of the firebreaks of the build.
   */
  private void run(IncidentId id) {
    Resolution resolution;
    try {
      resolution = loop.resolve(id);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      resolution = new Resolution.Unrepaired(id, 0, "broken off: " + e);
      breakOff(resolution);
    } finally {
      settled(id);
    }
    ended.accept(id, resolution);
  }

  /** With a journal that cannot be written the attempt stays open and is taken up at next start. */
  private void breakOff(Resolution resolution) {
    loop.breaker().badEnd();
    try {
      loop.breakOff(resolution);
    } catch (RuntimeException unwritten) {
      // What kept the journal from being written broke the repair too, and is in its resolution.
    }
  }

  private synchronized void settled(IncidentId id) {
    underWay.remove(id);
  }
}
