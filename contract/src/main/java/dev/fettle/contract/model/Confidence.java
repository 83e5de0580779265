package dev.fettle.contract.model;

import java.util.List;

/**
 * How much speaks for a plausible patch. Uncalibrated: a rank, not a probability.
 *
 * @param score in [0, 1]
 * @param facts the counted facts behind it, one sentence each
 */
public record Confidence(double score, List<String> facts) {
  public Confidence {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("confidence outside [0, 1]: " + score);
    }
    facts = List.copyOf(facts);
  }
}
