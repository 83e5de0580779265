package dev.fettle.cli.repair;

import dev.fettle.checkout.RecentChanges;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.search.SuspectLine;
import dev.fettle.source.java.JavaProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranks the lines that may be at fault for failing tests: Ochiai over the lines that each test ran
 * (Abreu et al. 2007), raised where frames of the failure point, where the failing tests have the
 * name of the code, where the value that failed came from and where it changed last, with the
 * average of the file around a line as a tie breaker. Callers and producers are covered because
 * they ran. Only lines of main sources that somebody wrote; generated ones are never suspects.
 */
final class Localization {
  private static final int MOST = 2_000;

  /** Scores that differ by less say the same. */
  private static final double TIE = 0.002;

  /** The first lines are about equally likely: so many of them. Not measured. */
  private static final double HEAD = 8;

  private static final int[] NONE = {0, 0};

  /** How much likelier a line is at fault that changed last, and one of a file that did. */
  private static final double CHANGED_LINE = 1.5;

  private static final double CHANGED_FILE = 1.15;

  private final JavaProject project;
  private final SourceTree tree;
  private final RecentChanges recent;
  private final BadValues values;
  private final IdentityHashMap<List<ProjectTests.OneTest>, Map<Spot, int[]>> green =
      new IdentityHashMap<>();

  Localization(JavaProject project) {
    this(project, RecentChanges.none());
  }

  Localization(JavaProject project, RecentChanges recent) {
    this.project = project;
    this.tree = project.tree();
    this.recent = recent;
    this.values = new BadValues(project);
  }

  /**
   * A line.
   *
   * @param score in [0, 1]
   */
  record Suspicion(String path, int line, double score) {}

  /** A line of a class, as coverage names it. */
  private record Spot(String className, int line) {}

  /** Most suspicious first. */
  List<Suspicion> rank(List<ProjectTests.OneTest> failing, List<ProjectTests.OneTest> passing) {
    Map<Spot, int[]> counts = new HashMap<>();
    count(failing, counts, 0);
    counts.values().removeIf(c -> c[0] == 0);
    count(passing, counts, 1);
    Map<String, double[]> byFile = new HashMap<>();
    Map<Suspicion, Double> scores = new HashMap<>();
    Map<String, Double> best = new HashMap<>();
    counts.forEach(
        (spot, c) -> {
          if (c[0] > 0) {
            Optional<String> path = written(spot.className());
            double ochiai = c[0] / Math.sqrt((double) failing.size() * (c[0] + c[1]));
            path.ifPresent(p -> best.merge(p + ":" + spot.line(), ochiai, Math::max));
          }
        });
    Map<String, Double> raised = frames(failing);
    values.of(failing).forEach((place, score) -> raised.merge(place, score, Math::max));
    raised.keySet().removeIf(place -> !isMain(place.substring(0, place.lastIndexOf(':'))));
    best.forEach(
        (place, ochiai) -> {
          String path = place.substring(0, place.lastIndexOf(':'));
          double[] sum = byFile.computeIfAbsent(path, p -> new double[2]);
          sum[0] += ochiai;
          sum[1]++;
        });
    raised.forEach((place, bonus) -> best.putIfAbsent(place, 0.3));
    NamedByTests named = new NamedByTests(project, failing);
    best.forEach(
        (place, ochiai) -> {
          int colon = place.lastIndexOf(':');
          String path = place.substring(0, colon);
          double[] sum = byFile.getOrDefault(path, new double[] {0, 1});
          int line = Integer.parseInt(place.substring(colon + 1));
          double score =
              named.factor(path, line)
                  * changed(path, line)
                  * (0.6 * ochiai
                      + 0.35 * raised.getOrDefault(place, 0.0)
                      + 0.05 * sum[0] / Math.max(1, sum[1]));
          scores.put(new Suspicion(path, line, Math.min(1, score)), score);
        });
    return scores.keySet().stream()
        .sorted(
            Comparator.comparingDouble(Suspicion::score)
                .reversed()
                .thenComparing(Suspicion::path)
                .thenComparingInt(Suspicion::line))
        .limit(MOST)
        .toList();
  }

  private double changed(String path, int line) {
    return recent.touches(path, line) ? CHANGED_LINE : recent.touches(path) ? CHANGED_FILE : 1;
  }

  /**
   * How likely each line is at fault compared with the first, by its rank: about as often as faults
   * are found at that rank, equal scores sharing their ranks. Scores alone differ too little where
   * thousands of lines ran.
   *
   * @param ranked most suspicious first
   */
  static List<SuspectLine> likelihoods(List<Suspicion> ranked) {
    List<SuspectLine> lines = new ArrayList<>();
    double first = 0;
    for (int from = 0; from < ranked.size(); ) {
      double score = ranked.get(from).score();
      int to = from;
      while (to < ranked.size() && score - ranked.get(to).score() < TIE) {
        to++;
      }
      double middle = (from + to - 1) / 2.0;
      first = from == 0 ? HEAD + middle : first;
      double likelihood = first / (HEAD + middle);
      for (Suspicion one : ranked.subList(from, to)) {
        lines.add(new SuspectLine(one.path(), one.line(), likelihood));
      }
      from = to;
    }
    return lines;
  }

  /**
   * The suspicion (Ochiai) of the line that tells most among those that ran in all of the failing
   * tests: one change can repair them only where there is such a line. The more failing tests it
   * explains and the fewer passing tests run it, the higher. Tests whose lines are not known,
   * because they ended their JVM, speak for nothing.
   *
   * @return in [0, 1]; 0 without such a line
   */
  double sharpest(List<ProjectTests.OneTest> failing, List<ProjectTests.OneTest> passing) {
    Map<Spot, int[]> counts = new HashMap<>();
    count(failing, counts, 0);
    int known = (int) failing.stream().filter(t -> !t.lines().isEmpty()).count();
    counts.values().removeIf(c -> c[0] < known);
    Map<Spot, int[]> passed = greenCounts(passing);
    return counts.keySet().stream()
        .filter(spot -> written(spot.className()).isPresent())
        .mapToDouble(
            spot -> Math.sqrt((double) known / (known + passed.getOrDefault(spot, NONE)[0])))
        .max()
        .orElse(0);
  }

  /**
   * Groups of at least two failing tests that ran one line, those first for which such a line tells
   * most; tests that run the same lines are one group.
   *
   * @param most groups at most
   */
  List<List<ProjectTests.OneTest>> sharing(
      List<ProjectTests.OneTest> failing, List<ProjectTests.OneTest> passing, int most) {
    Map<Spot, BitSet> ran = new HashMap<>();
    for (int i = 0; i < failing.size(); i++) {
      int number = i;
      failing
          .get(i)
          .lines()
          .forEach(
              (className, lines) -> {
                for (int line : lines) {
                  ran.computeIfAbsent(new Spot(className, line), k -> new BitSet()).set(number);
                }
              });
    }
    Map<Spot, int[]> passed = greenCounts(passing);
    Map<BitSet, Double> groups = new HashMap<>();
    ran.forEach(
        (spot, tests) -> {
          int many = tests.cardinality();
          if (many > 1) {
            double tells =
                many / Math.sqrt((double) many * (many + passed.getOrDefault(spot, NONE)[0]));
            groups.merge(tests, tells * (1 + Math.log(many)), Math::max);
          }
        });
    return groups.entrySet().stream()
        .sorted(
            Map.Entry.<BitSet, Double>comparingByValue()
                .reversed()
                .thenComparing(e -> e.getKey().toString()))
        .limit(most)
        .map(e -> e.getKey().stream().mapToObj(failing::get).toList())
        .toList();
  }

  /** How many of the passing tests ran each line; counted once for a list. */
  private Map<Spot, int[]> greenCounts(List<ProjectTests.OneTest> passing) {
    return green.computeIfAbsent(
        passing,
        tests -> {
          Map<Spot, int[]> counts = new HashMap<>();
          count(tests, counts, 0);
          return counts;
        });
  }

  private static void count(List<ProjectTests.OneTest> tests, Map<Spot, int[]> counts, int column) {
    for (ProjectTests.OneTest test : tests) {
      test.lines()
          .forEach(
              (className, lines) -> {
                for (int line : lines) {
                  Spot spot = new Spot(className, line);
                  int[] known = counts.get(spot);
                  if (known == null && column == 0) {
                    known = new int[2];
                    counts.put(spot, known);
                  }
                  if (known != null) {
                    known[column]++;
                  }
                }
              });
    }
  }

  /** Where frames of main classes point: 1 for the innermost of a failure, less further out. */
  private Map<String, Double> frames(List<ProjectTests.OneTest> failing) {
    Map<String, Double> raised = new HashMap<>();
    for (ProjectTests.OneTest test : failing) {
      for (CapturedException e = test.result().failure().orElse(null); e != null; e = e.cause()) {
        double bonus = 1;
        for (CapturedFrame frame : e.frames()) {
          if (frame.application() && frame.line() > 0) {
            Optional<String> path = written(frame.className());
            if (path.isPresent()) {
              raised.merge(path.get() + ":" + frame.line(), bonus, Math::max);
              bonus *= 0.7;
            }
          }
        }
      }
    }
    return raised;
  }

  /** The main source of a class; empty when the tree does not hold it. */
  private Optional<String> written(String className) {
    return project.index().declaring(className).filter(p -> isMain(p));
  }

  private boolean isMain(String path) {
    if (project.index().isTest(path) || !tree.paths().contains(path)) {
      return false;
    }
    Path absolute = project.model().root().resolve(path);
    for (ProjectModel.Module module : project.model().modules()) {
      if (module.mainSources().stream().anyMatch(absolute::startsWith)) {
        return true;
      }
    }
    return false;
  }
}
