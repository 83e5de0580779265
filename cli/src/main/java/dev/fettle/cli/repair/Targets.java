package dev.fettle.cli.repair;

import dev.fettle.checkout.RecentChanges;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaProject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which failing tests are repaired together: all of a module, in case one fault fails them; those
 * of each test class; single ones, as a test that fails for a reason of its own (a newer JDK, a
 * missing file) would refuse every patch; and those that run the same line. Those come first for
 * which some line that all of them ran tells most: a fault that fails many tests tells more with
 * all of them, and one among tests that fail for other reasons tells more alone. Where most tests
 * of a class fail, or a file is missing, the machine is likelier at fault than the code.
 */
final class Targets {
  /** Of what is left of the budget, for the first target when there is one other, or more. */
  private static final double FIRST = 0.5;

  private static final double FIRST_OF_MANY = 0.35;

  private static final double LATER = 0.4;

  private static final int MOST = 14;

  /** Groups that run the same line, and of each kind. */
  private static final int GROUPS = 8;

  /** How much more a line tells that explains many tests. Not measured. */
  private static final double MORE = 0.5;

  /** How likely the code is at fault where all tests of a class fail. Not measured. */
  private static final double WHOLE_CLASS = 0.3;

  /** How likely it is where a file or a service is missing. Not measured. */
  private static final double DOUBTFUL = 0.3;

  /** Test classes, and test methods, among which those are chosen. */
  private static final int LOOKED_AT = 200;

  private final Localization localization;
  private final Set<List<String>> known = new HashSet<>();

  private Targets(JavaProject project, RecentChanges recent) {
    this.localization = new Localization(project, recent);
  }

  static List<Search.Target> of(
      List<FailingTests.Seen> seen, JavaProject project, RecentChanges recent) {
    return new Targets(project, recent).all(seen);
  }

  private List<Search.Target> all(List<FailingTests.Seen> seen) {
    List<FailingTests.Seen> ordered = new ArrayList<>(seen);
    ordered.sort(Comparator.comparingInt(s -> -s.failing().size()));
    List<Target> whole = new ArrayList<>();
    List<Target> classes = new ArrayList<>();
    List<Target> single = new ArrayList<>();
    List<Target> sharing = new ArrayList<>();
    for (FailingTests.Seen one : ordered) {
      IdentityHashMap<ProjectTests.OneTest, Double> ofCode = ofCode(one);
      add(one, one.failing(), ofCode, whole);
      for (List<ProjectTests.OneTest> group : by(one.failing(), t -> t.result().className())) {
        add(one, group, ofCode, classes);
      }
      for (List<ProjectTests.OneTest> group : by(one.failing(), Targets::method)) {
        add(one, group, ofCode, single);
      }
      for (List<ProjectTests.OneTest> group :
          localization.sharing(one.failing(), one.passing(), LOOKED_AT)) {
        add(one, group, ofCode, sharing);
      }
    }
    Comparator<Target> sharpest = Comparator.comparingDouble(t -> -t.sharpest());
    List<Target> found = new ArrayList<>(whole);
    for (List<Target> kind : List.of(classes, single, sharing)) {
      kind.sort(sharpest);
      found.addAll(kind.subList(0, Math.min(GROUPS, kind.size())));
    }
    boolean any = found.stream().anyMatch(t -> t.sharpest() > 0);
    return found.stream()
        .filter(t -> t.sharpest() > 0 || !any)
        .sorted(sharpest)
        .limit(MOST)
        .map(t -> target(t))
        .toList();
  }

  /** How likely each failing test fails for the code, compared with others. */
  static IdentityHashMap<ProjectTests.OneTest, Double> ofCode(FailingTests.Seen seen) {
    Map<String, int[]> counts = new HashMap<>();
    seen.failing().forEach(t -> count(counts, t)[0]++);
    seen.passing().forEach(t -> count(counts, t)[1]++);
    IdentityHashMap<ProjectTests.OneTest, Double> likely = new IdentityHashMap<>();
    for (ProjectTests.OneTest test : seen.failing()) {
      int[] c = count(counts, test);
      double passing = (double) c[1] / (c[0] + c[1]);
      boolean few = c[0] + c[1] < 4; // where there are hardly others they say nothing
      double share = few ? 1 : WHOLE_CLASS + (1 - WHOLE_CLASS) * passing;
      likely.put(test, share * (OutsideReasons.doubtful(test) ? DOUBTFUL : 1));
    }
    return likely;
  }

  private static int[] count(Map<String, int[]> counts, ProjectTests.OneTest test) {
    return counts.computeIfAbsent(test.result().className(), c -> new int[2]);
  }

  /** The part of what is left of the budget that a target may take. */
  static double share(int index, int targets) {
    int left = targets - index;
    if (index == 0) {
      return left == 1 ? 1 : left == 2 ? FIRST : FIRST_OF_MANY;
    }
    return left == 1 ? 1 : Math.max(LATER, 1.0 / left);
  }

  /** Without the number of a parameterized run. */
  private static String method(ProjectTests.OneTest test) {
    return test.result().name().replaceAll("[\\[({ ].*", "");
  }

  private static Collection<List<ProjectTests.OneTest>> by(
      List<ProjectTests.OneTest> tests, Function<ProjectTests.OneTest, String> key) {
    Map<String, List<ProjectTests.OneTest>> groups = new LinkedHashMap<>();
    for (ProjectTests.OneTest test : tests) {
      groups.computeIfAbsent(key.apply(test), k -> new ArrayList<>()).add(test);
    }
    return groups.values();
  }

  /** Tests that may be repaired together. */
  private record Target(
      FailingTests.Seen seen, List<ProjectTests.OneTest> failing, double sharpest) {}

  /** Unless these tests are a target already. */
  private void add(
      FailingTests.Seen seen,
      List<ProjectTests.OneTest> failing,
      IdentityHashMap<ProjectTests.OneTest, Double> ofCode,
      List<Target> targets) {
    List<String> names = failing.stream().map(t -> t.result().name()).sorted().toList();
    if (targets.size() < LOOKED_AT && known.add(names)) {
      double many = 1 + MORE * Math.log(failing.size());
      double code =
          failing.stream().mapToDouble(t -> ofCode.getOrDefault(t, 1.0)).average().orElse(1);
      targets.add(
          new Target(seen, failing, code * many * localization.sharpest(failing, seen.passing())));
    }
  }

  private Search.Target target(Target target) {
    FailingTests.Seen seen = target.seen();
    return new Search.Target(
        seen.module(),
        target.failing(),
        seen.passing(),
        localization.rank(target.failing(), seen.passing()));
  }
}
