package dev.fettle.cli.repair;

import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaProject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which failing tests are repaired together: all of a module, in case one fault fails them; those
 * of each test class; single ones, as a test that fails for a reason of its own (a newer JDK, a
 * missing file) would refuse every patch. Those come first for which some line that all of them ran
 * tells most: a fault that fails many tests tells more with all of them, and one among tests that
 * fail for other reasons tells more alone.
 */
final class Targets {
  /** Of what is left of the budget, for the first target when there are others. */
  private static final double FIRST = 0.55;

  private static final double LATER = 0.4;

  private static final int CLASSES = 6;
  private static final int SINGLE = 8;

  /** How much more a line tells that explains many tests. Not measured. */
  private static final double MORE = 0.5;

  /** Test classes, and test methods, among which those are chosen. */
  private static final int LOOKED_AT = 200;

  private final Localization localization;
  private final Set<List<String>> known = new HashSet<>();

  private Targets(JavaProject project) {
    this.localization = new Localization(project);
  }

  static List<Search.Target> of(List<FailingTests.Seen> seen, JavaProject project) {
    return new Targets(project).all(seen);
  }

  private List<Search.Target> all(List<FailingTests.Seen> seen) {
    List<FailingTests.Seen> ordered = new ArrayList<>(seen);
    ordered.sort(Comparator.comparingInt(s -> -s.failing().size()));
    List<Target> whole = new ArrayList<>();
    List<Target> classes = new ArrayList<>();
    List<Target> single = new ArrayList<>();
    for (FailingTests.Seen one : ordered) {
      add(one, one.failing(), whole);
      for (List<ProjectTests.OneTest> group : by(one.failing(), t -> t.result().className())) {
        add(one, group, classes);
      }
      for (List<ProjectTests.OneTest> group : by(one.failing(), Targets::method)) {
        add(one, group, single);
      }
    }
    Comparator<Target> sharpest = Comparator.comparingDouble(t -> -t.sharpest());
    classes.sort(sharpest);
    single.sort(sharpest);
    List<Target> found = new ArrayList<>(whole);
    found.addAll(classes.subList(0, Math.min(CLASSES, classes.size())));
    found.addAll(single.subList(0, Math.min(SINGLE, single.size())));
    boolean any = found.stream().anyMatch(t -> t.sharpest() > 0);
    return found.stream()
        .filter(t -> t.sharpest() > 0 || !any)
        .sorted(sharpest)
        .map(t -> target(t))
        .toList();
  }

  /** The part of what is left of the budget that a target may take. */
  static double share(int index, int targets) {
    int left = targets - index;
    return left == 1 ? 1 : index == 0 ? FIRST : Math.max(LATER, 1.0 / left);
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
      FailingTests.Seen seen, List<ProjectTests.OneTest> failing, List<Target> targets) {
    List<String> names = failing.stream().map(t -> t.result().name()).sorted().toList();
    if (targets.size() < LOOKED_AT && known.add(names)) {
      double many = 1 + MORE * Math.log(failing.size());
      targets.add(new Target(seen, failing, many * localization.sharpest(failing, seen.passing())));
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
