package dev.fettle.cli.repair;

import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.MethodNode;
import dev.fettle.source.locate.AssertedCalls;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How much likelier code is at fault because failing tests are named after it: {@code FooTest}
 * after {@code Foo}, {@code testBar} after {@code bar}; or because the value that they find wrong
 * was made by calling it ({@link AssertedCalls}). The factors are not measured. Confined to one
 * thread.
 */
final class NamedByTests {
  private static final double CLASS = 1.4;
  private static final double PART_OF_CLASS = 1.2;
  private static final double METHOD = 1.2;

  /** Of methods that made the value which a test found wrong. */
  private static final double ASSERTED = 1.2;

  private static final int TESTS = 50;
  private static final int SHORTEST = 3;

  /** So many files are parsed for what tests called. */
  private static final int FILES = 150;

  private final JavaProject project;
  private final Set<String> classes = new LinkedHashSet<>();
  private final Set<String> methods = new LinkedHashSet<>();
  private final Map<String, Double> ofFile = new HashMap<>();
  private final Map<String, List<MethodNode>> named = new HashMap<>();
  private final Map<String, List<MethodNode>> called = new HashMap<>();
  private final Set<String> asserted;

  NamedByTests(JavaProject project, List<ProjectTests.OneTest> failing) {
    this.project = project;
    this.asserted =
        AssertedCalls.of(project, failing.stream().map(ProjectTests.OneTest::result).toList());
    for (ProjectTests.OneTest test : failing.subList(0, Math.min(TESTS, failing.size()))) {
      String name = test.result().className().replaceAll("\\$.*", "");
      classes.add(name.substring(name.lastIndexOf('.') + 1));
      methods.add(test.result().method().toLowerCase(Locale.ROOT));
    }
  }

  /** 1 where no name fits; more where one does. */
  double factor(String path, int line) {
    double file = ofFile.computeIfAbsent(path, this::file);
    double value =
        called.computeIfAbsent(path, this::asserted).stream().anyMatch(m -> m.covers(line))
            ? ASSERTED
            : 1;
    if (file == 1) {
      return value;
    }
    boolean method =
        named.computeIfAbsent(path, this::methods).stream().anyMatch(m -> m.covers(line));
    return value * (method ? file * METHOD : file);
  }

  private List<MethodNode> asserted(String path) {
    if (asserted.isEmpty() || called.size() > FILES) {
      return List.of();
    }
    return project.parsed(path).map(JavaFile::methods).orElse(List.of()).stream()
        .filter(m -> asserted.contains(m.name()))
        .toList();
  }

  private double file(String path) {
    String type = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    double best = 1;
    for (String test : classes) {
      if (test.replaceAll("^Tests?|(Tests?|TestCase|IT)$", "").equals(type)) {
        return CLASS;
      } else if (type.length() >= SHORTEST && test.contains(type)) {
        best = PART_OF_CLASS;
      }
    }
    return best;
  }

  private List<MethodNode> methods(String path) {
    return project.parsed(path).map(JavaFile::methods).orElse(List.of()).stream()
        .filter(m -> m.name().length() >= SHORTEST && !m.name().startsWith("<"))
        .filter(m -> methods.stream().anyMatch(t -> t.contains(m.name().toLowerCase(Locale.ROOT))))
        .toList();
  }
}
