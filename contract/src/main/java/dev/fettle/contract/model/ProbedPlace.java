package dev.fettle.contract.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen at a place where a condition is asked or could be put.
 *
 * @param candidate the number of the candidate that marks the place
 * @param repaired indices of failing tests that pass when answers at the place are changed
 * @param samples of tests that pass as they are, and of the repaired ones with changed answers
 */
public record ProbedPlace(int candidate, List<Integer> repaired, List<Sample> samples) {
  public ProbedPlace {
    repaired = List.copyOf(repaired);
    samples = List.copyOf(samples);
  }

  /**
   * One evaluation.
   *
   * @param test index of the test that ran
   * @param way of making it pass, from 1; 0 for a test that passes as it is
   * @param asked what the condition itself said; empty when it was not asked, or threw
   * @param used what the run went on with; empty when the condition threw
   * @param values by the number of the expression; those that threw are missing. 0 and 1 for what
   *     does not hold and holds
   */
  public record Sample(
      int test,
      int way,
      Optional<Boolean> asked,
      Optional<Boolean> used,
      Map<Integer, Long> values) {
    public Sample {
      values = Map.copyOf(values);
    }
  }
}
