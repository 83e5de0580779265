package dev.fettle.search;

import dev.fettle.contract.model.Candidate;
import java.util.List;
import java.util.Optional;

/**
 * A patch that passed all tests it was judged by.
 *
 * @param candidate the patch, who proposed it, and what a learned confidence may look at
 * @param evidence why it is believed, one sentence each
 * @param behaviorGroup patches of one number behaved alike on all inputs that were tried
 * @param distinguishingInput an input on which it differs from the patch ranked after it
 * @param confidence in [0, 1]: its share of all that passed, weighted by likelihood
 */
public record RankedPatch(
    Candidate candidate,
    List<String> evidence,
    int behaviorGroup,
    Optional<String> distinguishingInput,
    double confidence) {
  public RankedPatch {
    evidence = List.copyOf(evidence);
  }
}
