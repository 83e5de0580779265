package dev.fettle.contract.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failing statement of a running program that was healed.
 *
 * @param id unique
 * @param line of the statement; 0 when unknown
 * @param exception binary class name
 * @param remedy name of the remedy, or of the snippet
 * @param rung how far it went: typed, contained or full
 * @param action where the program went on, in words
 * @param confidence in [0, 1]
 * @param evidence what the confidence was counted from, one line each
 * @param callers what callers of the method get that they would not have got, in words; empty when
 *     unknown
 * @param before variables when the statement failed; empty when only counted
 * @param after the same when the program went on
 * @param repeats how many heals of the place and remedy it stands for, at least 1
 * @param incident of the failure; empty when there is none
 * @param outcome empty while nobody knows
 */
public record HealRecord(
    String id,
    Origin origin,
    Instant at,
    String className,
    String method,
    int line,
    String exception,
    @Nullable String message,
    String remedy,
    HealMode rung,
    String action,
    String rationale,
    double confidence,
    List<String> evidence,
    String callers,
    List<Variable> before,
    List<Variable> after,
    long repeats,
    Optional<IncidentId> incident,
    Optional<Ending> outcome) {

  /**
   * What became of it.
   *
   * @param good whether nothing spoke against it within its window
   */
  public record Ending(boolean good, String why, Instant at) {}

  public HealRecord {
    if (id.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a heal needs an id and a remedy");
    }
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats must be at least 1, was " + repeats);
    }
    // heals that were stored before these were told have none
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    callers = callers == null ? "" : callers;
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** {@code a.b.C.method:line}, what people name a place by. */
  public String site() {
    return className + "." + method + ":" + line;
  }

  /** With the incident of its failure. */
  public HealRecord of(IncidentId found) {
    return with(Optional.of(found), outcome);
  }

  /** With what became of it. */
  public HealRecord ended(Ending ending) {
    return with(incident, Optional.of(ending));
  }

  private HealRecord with(Optional<IncidentId> failure, Optional<Ending> end) {
    return new HealRecord(
        id,
        origin,
        at,
        className,
        method,
        line,
        exception,
        message,
        remedy,
        rung,
        action,
        rationale,
        confidence,
        evidence,
        callers,
        before,
        after,
        repeats,
        failure,
        end);
  }
}
