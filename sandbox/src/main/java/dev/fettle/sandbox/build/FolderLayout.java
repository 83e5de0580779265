package dev.fettle.sandbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a project without a build keeps things.
 *
 * @param sources directories relative to the tree's root; the root itself is empty
 * @param tests the same, for tests
 * @param classpath absolute jars and directories
 * @param release language level; 0 for the JDK's own
 */
public record FolderLayout(
    List<String> sources, List<String> tests, List<Path> classpath, int release) {
  private static final List<String> SOURCES =
      List.of("src/main/java", "src/java", "src/main", "source", "src");
  private static final List<String> TESTS =
      List.of("src/test/java", "src/test", "src/tests", "test", "tests");
  private static final List<String> LIBRARIES = List.of("lib", "libs", "lib/test", "build/lib");

  public FolderLayout {
    sources = List.copyOf(sources);
    tests = List.copyOf(tests);
    classpath = List.copyOf(classpath);
  }

  /** The first of the usual places that exist. */
  static FolderLayout guess(Path root) throws IOException {
    List<String> sources = first(root, SOURCES).map(List::of).orElse(List.of(""));
    List<String> tests = first(root, TESTS).map(List::of).orElse(List.of());
    List<Path> jars = new ArrayList<>();
    for (String folder : LIBRARIES) {
      Path directory = root.resolve(folder);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files.filter(f -> f.toString().endsWith(".jar")).sorted().forEach(jars::add);
        }
      }
    }
    return new FolderLayout(sources, tests, jars, 0);
  }

  private static Optional<String> first(Path root, List<String> names) {
    return names.stream().filter(n -> Files.isDirectory(root.resolve(n))).findFirst();
  }
}
