package dev.fettle.source.reproduce;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How tests of a module look.
 *
 * @param framework which one runs them
 * @param sourceRoot the test source root relative to the tree's root, with {@code /}
 * @param suffix what test class names end in
 * @param indent one level of indentation
 * @param release language level of the tests
 * @param mockito major version of the project's Mockito, 0 without one
 */
record TestStyle(
    Framework framework,
    String sourceRoot,
    String suffix,
    String indent,
    int release,
    int mockito) {

  /** Test frameworks whose tests can be written. */
  enum Framework {
    JUPITER("org/junit/jupiter/api/Test"),
    JUNIT4("org/junit/Test"),
    TESTNG("org/testng/annotations/Test");

    final String annotation;

    Framework(String annotation) {
      this.annotation = annotation;
    }
  }

  private static final int LOOKED_AT = 40;
  private static final Pattern MOCKITO_JAR = Pattern.compile("mockito-core-(\\d+)\\..*\\.jar");
  private static final Pattern INDENTED = Pattern.compile("(?m)^(\t| {2,8})\\S");

  /** Empty when no known test framework is on the module's test class path. */
  static Optional<TestStyle> of(
      ProjectModel project, ProjectModel.Module module, SourceTree tree, ClassPool classes) {
    String root = sourceRoot(project, module);
    List<String> tests =
        tree.paths().stream()
            .filter(p -> p.startsWith(root + "/") && p.endsWith(".java"))
            .limit(LOOKED_AT)
            .toList();
    List<String> texts = tests.stream().flatMap(t -> tree.text(t).stream()).toList();
    return framework(texts, classes)
        .map(
            f ->
                new TestStyle(
                    f,
                    root,
                    suffix(tests),
                    indent(texts),
                    module.release(),
                    mockito(module, classes)));
  }

  private static Optional<Framework> framework(List<String> tests, ClassPool classes) {
    Framework best = null;
    long most = -1;
    for (Framework f : Framework.values()) {
      if (!classes.has(f.annotation)) {
        continue;
      }
      String used = "import " + f.annotation.replace('/', '.') + ";";
      long count = tests.stream().filter(t -> t.contains(used)).count();
      if (count > most) {
        best = f;
        most = count;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String suffix(List<String> tests) {
    long plural = tests.stream().filter(t -> t.endsWith("Tests.java")).count();
    long singular = tests.stream().filter(t -> t.endsWith("Test.java")).count();
    return plural > singular ? "Tests" : "Test";
  }

  private static String indent(List<String> tests) {
    for (String text : tests) {
      Matcher m = INDENTED.matcher(text);
      if (m.find()) {
        return m.group(1);
      }
    }
    return "    ";
  }

  private static String sourceRoot(ProjectModel project, ProjectModel.Module module) {
    Path base = project.root().resolve(module.directory());
    return module.testSources().stream()
        .filter(s -> s.startsWith(base))
        .map(s -> project.root().relativize(s).toString().replace('\\', '/'))
        .filter(s -> !s.contains("generated"))
        .findFirst()
        .orElse(module.prefix() + "src/test/java");
  }

  private static int mockito(ProjectModel.Module module, ClassPool classes) {
    if (!classes.has("org/mockito/Mockito")) {
      return 0;
    }
    for (Path p : module.testClasspath()) {
      Matcher m = MOCKITO_JAR.matcher(String.valueOf(p.getFileName()));
      if (m.matches()) {
        return Integer.parseInt(m.group(1));
      }
    }
    return 4;
  }
}
