package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Finds a module's test classes by the patterns of its build. */
final class TestClasses {
  private static final List<String> DEFAULTS =
      List.of("**/Test*.java", "**/*Test.java", "**/*Tests.java", "**/*TestCase.java");

  private TestClasses() {}

  /** Binary names, sorted; nested classes run with their outer ones. */
  static List<String> of(ProjectModel.Module module) throws IOException {
    if (!Files.isDirectory(module.testOutput())) {
      return List.of();
    }
    List<String> includes =
        module.tests().includes().isEmpty() ? DEFAULTS : module.tests().includes();
    List<PathMatcher> wanted = matchers(includes);
    List<PathMatcher> unwanted = matchers(module.tests().excludes());
    try (Stream<Path> files = Files.walk(module.testOutput())) {
      return files
          .map(f -> module.testOutput().relativize(f))
          .filter(f -> f.toString().endsWith(".class") && !f.toString().contains("$"))
          .filter(f -> !f.toString().endsWith("-info.class"))
          .filter(f -> matches(wanted, f) && !matches(unwanted, f))
          .map(f -> f.toString().replace(".class", "").replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  private static boolean matches(List<PathMatcher> matchers, Path file) {
    return matchers.stream().anyMatch(m -> m.matches(file));
  }

  /** Surefire's patterns name sources or classes, and {@code **}{@code /} may be empty. */
  private static List<PathMatcher> matchers(List<String> patterns) {
    return patterns.stream()
        .flatMap(p -> Stream.of(p.split(",")))
        .map(String::strip)
        .filter(p -> !p.isEmpty() && !p.startsWith("!"))
        .flatMap(
            p -> {
              String glob = glob(p);
              return glob.startsWith("**/")
                  ? Stream.of(matcher("glob:" + glob), matcher("glob:" + glob.substring(3)))
                  : Stream.of(matcher("glob:" + glob));
            })
        .toList();
  }

  private static String glob(String pattern) {
    if (pattern.startsWith("%regex[") && pattern.endsWith("]")) {
      return "**/*.class";
    }
    String path = pattern.replace(".java", ".class");
    if (!path.contains("/") && path.endsWith(".class")) {
      path = "**/" + path;
    } else if (!path.endsWith(".class") && !path.endsWith("*")) {
      path = "**/" + path.replace('.', '/') + ".class";
    }
    return path;
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher(glob);
  }
}
