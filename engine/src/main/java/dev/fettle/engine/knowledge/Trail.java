package dev.fettle.engine.knowledge;

import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of one incident, read as attempts. An attempt begins with the first step after intake
 * and ends with an {@link Step#OUTCOME}. Immutable.
 *
 * @param attempts attempts begun, the current one included
 * @param current entries of the current attempt; empty when none is under way
 * @param latest entries of the latest attempt, ended or not, its outcomes included
 */
public record Trail(int attempts, List<JournalEntry> current, List<JournalEntry> latest) {
  /** Times that one step may be begun in one attempt: a server that dies in it gives up then. */
  static final int STARTS = 5;

  public Trail {
    current = List.copyOf(current);
    latest = List.copyOf(latest);
  }

  /** Reads entries in the order of the journal. */
  public static Trail of(List<JournalEntry> entries) {
    int attempts = 0;
    boolean ended = true;
    List<JournalEntry> latest = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (entry.step() == Step.INTAKE) {
        continue;
      }
      if (entry.step() == Step.OUTCOME) {
        ended = true;
      } else if (ended) {
        ended = false;
        attempts++;
        latest.clear();
      }
      latest.add(entry);
    }
    return new Trail(attempts, ended ? List.of() : latest, latest);
  }

  /** Whether an attempt is under way. */
  public boolean underWay() {
    return !current.isEmpty();
  }

  /** Whether the step came to an end in the current attempt, a good one or a bad one. */
  public boolean settled(Step step) {
    return state(step).filter(s -> s == State.DONE || s == State.FAILED).isPresent();
  }

  /** Whether people must approve before anything else happens. */
  public boolean waiting() {
    return state(Step.DELIVER).filter(s -> s == State.WAITING).isPresent();
  }

  /** Whether what was found has left the house, all of it or what needs no approval. */
  public boolean handedOver() {
    return state(Step.DELIVER).filter(s -> s == State.DONE || s == State.WAITING).isPresent();
  }

  /** Whether people approved what this attempt proposed. */
  public boolean approved() {
    boolean waited = false;
    for (JournalEntry entry : current) {
      waited |= entry.step() == Step.DELIVER && entry.state() == State.WAITING;
    }
    return waited && !waiting();
  }

  /** The step that was begun too often without an end, if there is one. */
  public Optional<Step> deadly() {
    for (Step step : Step.values()) {
      long starts =
          current.stream().filter(e -> e.step() == step && e.state() == State.STARTED).count();
      if (starts >= STARTS && !settled(step)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** What the latest attempt came to; empty while it is under way or before the first. */
  public Optional<IncidentStatus> end() {
    if (underWay() || latest.isEmpty()) {
      return Optional.empty();
    }
    return IncidentStatus.read(latest.get(latest.size() - 1).data());
  }

  /** When the latest attempt came to its latest end. */
  public Optional<Instant> endedAt() {
    return end().map(status -> latest.get(latest.size() - 1).at());
  }

  /** When the first entry of that kind was made in the latest attempt. */
  Optional<Instant> firstAt(Step step, State state) {
    return latest.stream()
        .filter(e -> e.step() == step && e.state() == state)
        .map(JournalEntry::at)
        .findFirst();
  }

  /** Whether the latest attempt finished the step well. */
  public boolean done(Step step) {
    return firstAt(step, State.DONE).isPresent();
  }

  private Optional<State> state(Step step) {
    return current.stream()
        .filter(e -> e.step() == step)
        .reduce((before, after) -> after)
        .map(JournalEntry::state);
  }
}
