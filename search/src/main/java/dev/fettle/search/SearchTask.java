package dev.fettle.search;

import dev.fettle.contract.model.TrialProgram;
import dev.fettle.source.java.JavaProject;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What to search for.
 *
 * @param project where the editable files are opened; their texts are those of {@code program}
 * @param program with the failing tests and those that must stay green; which fail is found out
 * @param suspects empty to rank lines by the spectrum of the tests and the frames of failures
 * @param budget by the engine's clock, whatever that counts
 * @param candidates to judge at most; with a clock that stands still this makes the search
 *     deterministic for a seed
 * @param seed of everything random
 * @param patches how many to return at most
 * @param cancelled asked between batches; what was found so far is returned
 * @param suggestions of other generators, taken up while the search runs
 */
public record SearchTask(
    JavaProject project,
    TrialProgram program,
    List<SuspectLine> suspects,
    Duration budget,
    long candidates,
    long seed,
    int patches,
    BooleanSupplier cancelled,
    Suggestions suggestions) {
  public SearchTask {
    suspects = List.copyOf(suspects);
    if (patches < 1) {
      throw new IllegalArgumentException("at least one patch must be wanted: " + patches);
    }
    if (candidates < 1) {
      throw new IllegalArgumentException("at least one candidate must be judged: " + candidates);
    }
  }

  /** One that only its budget ends. */
  public SearchTask(
      JavaProject project,
      TrialProgram program,
      List<SuspectLine> suspects,
      Duration budget,
      long seed,
      int patches,
      BooleanSupplier cancelled,
      Suggestions suggestions) {
    this(project, program, suspects, budget, Long.MAX_VALUE, seed, patches, cancelled, suggestions);
  }

  /** One that only its budget ends, and that nobody suggests anything for. */
  public SearchTask(
      JavaProject project,
      TrialProgram program,
      List<SuspectLine> suspects,
      Duration budget,
      long seed,
      int patches,
      BooleanSupplier cancelled) {
    this(project, program, suspects, budget, seed, patches, cancelled, Suggestions.none());
  }
}
