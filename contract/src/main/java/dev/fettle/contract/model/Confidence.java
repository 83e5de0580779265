package dev.fettle.contract.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much speaks for a plausible patch. With {@code logOdds} it is what they come to, a
 * probability as far as their {@link LogOdds.Basis} says; without, it is uncalibrated: a rank
 * counted from the facts.
 *
 * @param score in [0, 1]
 * @param facts the counted facts behind it, one sentence each
 * @param logOdds what the score is the logistic function of; null where nobody said
 */
public record Confidence(double score, List<String> facts, @Nullable LogOdds logOdds) {
  public Confidence {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("confidence outside [0, 1]: " + score);
    }
    if (logOdds != null && Math.abs(logOdds.probability() - score) > 1e-9) {
      throw new IllegalArgumentException(
          "a confidence of " + score + " whose reasons come to " + logOdds.probability());
    }
    facts = List.copyOf(facts);
  }

  /** A rank that was counted. */
  public static Confidence counted(double score, List<String> facts) {
    return new Confidence(score, facts, null);
  }

  /** What some log-odds come to. */
  public static Confidence explained(LogOdds logOdds, List<String> facts) {
    return new Confidence(logOdds.probability(), facts, logOdds);
  }

  /** What kind of number it is, for people. */
  public String basis() {
    return logOdds == null ? "uncalibrated: a rank, not a probability" : logOdds.basis().words();
  }
}
