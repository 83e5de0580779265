package dev.fettle.contract.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the unchanged program does.
 *
 * @param runs one per test, in order
 */
public record TrialBaseline(List<Run> runs) {
  public TrialBaseline {
    runs = List.copyOf(runs);
  }

  /** How a test ended. */
  public enum End {
    PASSED,
    FAILED,
    /** It reached the limit on steps or memory. */
    EXHAUSTED
  }

  /**
   * One test.
   *
   * @param steps method entries and backward jumps
   * @param lines lines of editable files that ran, by path
   * @param failure what it threw; empty when passed or exhausted
   * @param output what a main program printed, cut
   */
  public record Run(
      End end,
      long steps,
      Map<String, Set<Integer>> lines,
      Optional<CapturedException> failure,
      String output) {
    public Run {
      lines = Map.copyOf(lines);
    }
  }
}
