package dev.fettle.search;

import dev.fettle.contract.model.TrialBaseline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a patch that passed, as numbers with names. */
final class RankFeatures {
  private static final double FAR = 5;

  private final List<Ranking.Judged> all;
  private final SearchTask task;
  private final TrialBaseline baseline;

  RankFeatures(List<Ranking.Judged> all, SearchTask task, TrialBaseline baseline) {
    this.all = all;
    this.task = task;
    this.baseline = baseline;
  }

  /**
   * The features of one; none is negative but {@code margin}.
   *
   * @param share of its behavior among all that passed, in [0, 1]
   */
  Map<String, Double> of(Ranking.Judged one, double share) {
    Proposal proposal = one.proposal();
    long failing =
        baseline.runs().stream().filter(r -> r.end() != TrialBaseline.End.PASSED).count();
    long behaviors = all.stream().map(Ranking.Judged::outcomes).distinct().count();
    int written = proposal.edits().stream().mapToInt(e -> e.text().length()).sum();
    int removed = proposal.edits().stream().mapToInt(e -> e.end() - e.start()).sum();
    Map<String, Double> features = new TreeMap<>();
    features.put("unlikeliness", Math.min(12, proposal.cost()));
    features.put("margin", margin(one));
    features.put("share", share);
    features.put("behaviors", Math.log((double) behaviors));
    features.put("rivals", Math.log(all.size()));
    features.put("tests", Math.log(task.program().tests().size()));
    features.put("failing tests", Math.log1p((double) failing));
    features.put("further places", proposal.edits().size() - 1.0);
    features.put("written", Math.log1p(written));
    features.put("removed", Math.log1p(removed));
    features.put("side effects", Math.max(0, one.sideEffects()));
    features.put("compared", one.outcomes().isEmpty() ? 0.0 : 1.0);
    return features;
  }

  /** How much likelier it is than the likeliest that behaves otherwise, in [-5, 5]. */
  private double margin(Ranking.Judged one) {
    double other =
        all.stream()
            .filter(j -> !j.equals(one))
            .filter(j -> one.outcomes().isEmpty() || !j.outcomes().equals(one.outcomes()))
            .mapToDouble(Ranking.Judged::cost)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    return Math.max(-FAR, Math.min(FAR, other - one.cost()));
  }
}
