package dev.fettle.contract.model;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A confidence with its reasons: its log-odds are the sum of a base and one contribution for each
 * feature, nothing else. Source: logistic regression; docs/confidence.md says on what it was
 * trained, and where its weights were not learned.
 *
 * @param base log-odds of a patch of whose features none adds anything
 * @param contributions of every feature, the largest first
 * @param basis where the weights come from
 */
public record LogOdds(double base, List<Contribution> contributions, Basis basis) {
  /** Where weights come from. */
  public enum Basis {
    /** Learned from patches of this kind. */
    LEARNED("a probability, calibrated on small programs with planted bugs: docs/confidence.md"),
    /** Learned from patches of the search; this one is of another origin. */
    CARRIED_OVER("uncalibrated: a rank, by weights that were learned from patches of the search"),
    /** Set by judgment. */
    ASSUMED("uncalibrated: a rank, by weights that were set and not learned");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /** What kind of number comes of it, for people. */
    public String words() {
      return words;
    }
  }

  /**
   * What a feature adds for one patch.
   *
   * @param value of the feature
   * @param logOdds what it adds; negative speaks against the patch
   */
  public record Contribution(String feature, double value, double logOdds) {
    /** Largest first, whichever way they speak; equal ones by name. */
    public static List<Contribution> largestFirst(List<Contribution> contributions) {
      return contributions.stream()
          .sorted(
              Comparator.comparingDouble((Contribution c) -> -Math.abs(c.logOdds()))
                  .thenComparing(Contribution::feature))
          .toList();
    }

    /** For people: {@code share 0.93: +0.41}. */
    public String display() {
      return String.format(Locale.ROOT, "%s %.2f: %+.2f", feature, value, logOdds);
    }
  }

  public LogOdds {
    contributions = List.copyOf(contributions);
    // what was stored before weights were assumed was learned
    basis = basis == null ? Basis.LEARNED : basis;
  }

  /** Weights that were set by judgment, the largest contribution first. */
  public static LogOdds assumed(double base, List<Contribution> contributions) {
    return new LogOdds(base, Contribution.largestFirst(contributions), Basis.ASSUMED);
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
        Locale.ROOT, "log-odds %+.2f = base %+.2f%s (%s)", sum(), base, words, basis.words());
  }
}
