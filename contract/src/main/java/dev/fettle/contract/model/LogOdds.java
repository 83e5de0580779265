package dev.fettle.contract.model;

import java.util.List;
import java.util.Locale;

/**
 * A probability with its reasons: its log-odds are the sum of a base and one contribution for each
 * feature, nothing else. Source: logistic regression; docs/confidence.md says on what it was
 * trained.
 *
 * @param base log-odds of a patch whose features are all at their means
 * @param contributions of every feature, the largest first
 */
public record LogOdds(double base, List<Contribution> contributions) {
  /** What the model was calibrated on, and nothing else. */
  public static final String CALIBRATED_ON = "small programs with planted bugs: docs/confidence.md";

  /**
   * What a feature adds for one patch.
   *
   * @param value of the feature
   * @param logOdds what it adds; negative speaks against the patch
   */
  public record Contribution(String feature, double value, double logOdds) {
    /** For people: {@code share 0.93: +0.41}. */
    public String display() {
      return String.format(Locale.ROOT, "%s %.2f: %+.2f", feature, value, logOdds);
    }
  }

  public LogOdds {
    contributions = List.copyOf(contributions);
  }

  /** The base and all contributions, added up. */
  public double sum() {
    double sum = base;
    for (Contribution one : contributions) {
      sum += one.logOdds();
    }
    return sum;
  }

  /** In (0, 1): the logistic function of {@link #sum}. */
  public double probability() {
    return 1 / (1 + Math.exp(-sum()));
  }

  /** For people, all contributions on one line. */
  public String display() {
    StringBuilder words = new StringBuilder();
    contributions.forEach(one -> words.append("; ").append(one.display()));
    return String.format(
        Locale.ROOT,
        "log-odds %+.2f = base %+.2f%s (learned from %s)",
        sum(),
        base,
        words,
        CALIBRATED_ON);
  }
}
