package dev.fettle.search;

import dev.fettle.contract.model.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A patch that passed all tests it was judged by.
 *
 * @param candidate the patch and who proposed it; its score is the confidence
 * @param evidence why it is believed, one sentence each
 * @param behaviorGroup patches of one number behaved alike on all inputs that were tried
 * @param distinguishingInput an input on which it differs from the patch ranked after it
 * @param confidence in [0, 1]: its share of all that passed, weighted by likelihood
 * @param features what a trained model of confidence may look at, by name: docs/confidence.md
 */
public record RankedPatch(
    Candidate candidate,
    List<String> evidence,
    int behaviorGroup,
    Optional<String> distinguishingInput,
    double confidence,
    Map<String, Double> features) {
  public RankedPatch {
    evidence = List.copyOf(evidence);
    features = Map.copyOf(features);
  }

  /** One of which nothing was measured. */
  public RankedPatch(
      Candidate candidate,
      List<String> evidence,
      int behaviorGroup,
      Optional<String> distinguishingInput,
      double confidence) {
    this(candidate, evidence, behaviorGroup, distinguishingInput, confidence, Map.of());
  }
}
