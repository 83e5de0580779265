package dev.fettle.search;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.TrialBaseline;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How suspicious lines are: given, or by the spectrum of the tests (Ochiai; Abreu et al. 2007)
 * raised where a failure was thrown.
 */
final class Suspicion {
  /** So many lines are those that tests ran, not only those of a trace. */
  private static final int MANY = 30;

  /** Of what no line speaks for, and of fields and declarations, which have no line that runs. */
  private final double least;

  private final double declared;
  private final Map<String, Map<Integer, Double>> scores = new HashMap<>();

  private Suspicion(double least, double declared) {
    this.least = least;
    this.declared = declared;
  }

  static Suspicion given(List<SuspectLine> lines) {
    // A few frames are a hint; all lines that failing tests ran leave little to guess.
    boolean whole = lines.size() >= MANY;
    Suspicion suspicion = new Suspicion(whole ? 0.005 : 0.02, whole ? 0.06 : 0.25);
    for (SuspectLine line : lines) {
      suspicion.raise(line.path(), line.line(), line.score());
    }
    return suspicion;
  }

  static Suspicion measured(TrialBaseline baseline, Set<String> paths) {
    Suspicion suspicion = new Suspicion(0.02, 0.25);
    Map<String, Set<Integer>> hit = new HashMap<>();
    long failing = 0;
    for (TrialBaseline.Run run : baseline.runs()) {
      failing += run.end() == TrialBaseline.End.PASSED ? 0 : 1;
      run.lines().forEach((p, lines) -> hit.computeIfAbsent(p, k -> new HashSet<>()).addAll(lines));
    }
    for (Map.Entry<String, Set<Integer>> file : hit.entrySet()) {
      for (int line : file.getValue()) {
        long bad = count(baseline, file.getKey(), line, false);
        long good = count(baseline, file.getKey(), line, true);
        double ochiai = bad == 0 ? 0 : bad / Math.sqrt((double) failing * (bad + good));
        // Small programs run all their lines in all tests: the spectrum only says what is unlikely.
        suspicion.raise(file.getKey(), line, 0.25 + 0.6 * ochiai);
      }
    }
    for (TrialBaseline.Run run : baseline.runs()) {
      run.failure()
          .ifPresent(
              thrown -> {
                double score = 1;
                for (CapturedFrame frame : thrown.root().frames()) {
                  for (String path : paths) {
                    boolean here =
                        frame.file() != null
                            && (path.equals(frame.file()) || path.endsWith("/" + frame.file()));
                    if (here && frame.line() > 0) {
                      suspicion.raise(path, frame.line(), Math.max(0.5, score));
                      score -= 0.2;
                    }
                  }
                }
              });
    }
    return suspicion;
  }

  private static long count(TrialBaseline baseline, String path, int line, boolean passed) {
    return baseline.runs().stream()
        .filter(r -> (r.end() == TrialBaseline.End.PASSED) == passed)
        .filter(r -> r.lines().getOrDefault(path, Set.of()).contains(line))
        .count();
  }

  private void raise(String path, int line, double score) {
    scores.computeIfAbsent(path, p -> new HashMap<>()).merge(line, Math.min(1, score), Math::max);
  }

  /** In (0, 1]. */
  double of(String path, int line) {
    Double own = scores.getOrDefault(path, Map.of()).get(line);
    return own == null ? least : Math.max(least, own);
  }

  /** Of a field or a declaration, at least. */
  double declared() {
    return declared;
  }

  Set<String> paths() {
    return scores.keySet();
  }
}
