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
 * Which failing tests are repaired together: first all of a module, in case one fault fails them;
 * then those of each test class, then single ones, as a test that fails for a reason of its own (a
 * newer JDK, a missing file) would refuse every patch.
 */
final class Targets {
  /** Of what is left of the budget, for all tests together when there are other targets. */
  private static final double TOGETHER = 0.55;

  private static final int CLASSES = 6;
  private static final int SINGLE = 8;

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
    List<Search.Target> whole = new ArrayList<>();
    List<Search.Target> classes = new ArrayList<>();
    List<Search.Target> single = new ArrayList<>();
    for (FailingTests.Seen one : ordered) {
      add(one, one.failing(), whole);
      for (List<ProjectTests.OneTest> group : by(one.failing(), t -> t.result().className())) {
        add(one, group, classes);
      }
      for (List<ProjectTests.OneTest> group : by(one.failing(), Targets::method)) {
        add(one, group, single);
      }
    }
    // Lines that hardly any passing test runs tell a fault of the code from one of the
    // surroundings.
    Comparator<Search.Target> suspicious =
        Comparator.comparingDouble(
            t -> -t.suspects().stream().findFirst().map(s -> s.score()).orElse(0.0));
    classes.sort(suspicious);
    single.sort(suspicious);
    List<Search.Target> targets = new ArrayList<>(whole);
    targets.addAll(classes.subList(0, Math.min(CLASSES, classes.size())));
    targets.addAll(single.subList(0, Math.min(SINGLE, single.size())));
    return targets;
  }

  /** The part of what is left of the budget that a target may take. */
  static double share(int index, int targets) {
    int left = targets - index;
    return left == 1 ? 1 : index == 0 ? TOGETHER : 1.0 / left;
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

  /** Unless these tests are a target already. */
  private void add(
      FailingTests.Seen seen, List<ProjectTests.OneTest> failing, List<Search.Target> targets) {
    List<String> names = failing.stream().map(t -> t.result().name()).sorted().toList();
    if (targets.size() < 2 * (CLASSES + SINGLE) && known.add(names)) {
      targets.add(
          new Search.Target(
              seen.module(), failing, seen.passing(), localization.rank(failing, seen.passing())));
    }
  }
}
