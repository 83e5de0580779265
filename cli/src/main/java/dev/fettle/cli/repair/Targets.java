package dev.fettle.cli.repair;

import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaProject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which failing tests are repaired together: first all of a module, in case one fault fails them;
 * then those of each test class by themselves.
 */
final class Targets {
  private Targets() {}

  static List<Search.Target> of(List<FailingTests.Seen> seen, JavaProject project) {
    Localization localization = new Localization(project);
    List<FailingTests.Seen> ordered = new ArrayList<>(seen);
    ordered.sort(Comparator.comparingInt(s -> -s.failing().size()));
    List<Search.Target> whole = new ArrayList<>();
    List<Search.Target> parts = new ArrayList<>();
    for (FailingTests.Seen one : ordered) {
      whole.add(target(one, one.failing(), localization));
      Map<String, List<ProjectTests.OneTest>> byClass = new LinkedHashMap<>();
      for (ProjectTests.OneTest test : one.failing()) {
        byClass.computeIfAbsent(test.result().className(), c -> new ArrayList<>()).add(test);
      }
      if (byClass.size() > 1) {
        byClass.values().forEach(tests -> parts.add(target(one, tests, localization)));
      }
    }
    whole.addAll(parts);
    return whole;
  }

  private static Search.Target target(
      FailingTests.Seen seen, List<ProjectTests.OneTest> failing, Localization localization) {
    return new Search.Target(
        seen.module(), failing, seen.passing(), localization.rank(failing, seen.passing()));
  }
}
