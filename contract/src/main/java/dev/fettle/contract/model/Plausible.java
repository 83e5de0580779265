package dev.fettle.contract.model;

import java.util.List;
import java.util.Optional;

/**
 * A candidate that passed every oracle there is. Only {@code engine.validate} constructs one (a
 * rule of the build).
 *
 * @param passedOracles at least one
 * @param test the reproduction that proves it; absent when none could be made
 * @param callers what it changes for callers, in words; empty when nothing looked
 */
public record Plausible(
    Candidate candidate,
    List<String> passedOracles,
    Confidence confidence,
    Optional<TestDraft> test,
    String callers)
    implements Verdict {
  public Plausible {
    if (passedOracles.isEmpty()) {
      throw new IllegalArgumentException("needs a passed oracle");
    }
    passedOracles = List.copyOf(passedOracles);
    // patches that were stored before this was told have none
    callers = callers == null ? "" : callers;
  }

  /** Whether a reproduction failed before and passed after. */
  public boolean proved() {
    return test.isPresent();
  }
}
