package dev.fettle.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs hidden oracles on a patched branch. */
final class Oracles {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private Oracles() {}

  /** Whether every test class of {@code oracles} passes when laid over {@code checkout}. */
  static boolean pass(Path checkout, Path oracles, Path jdk) {
    Workspace.copy(oracles, checkout);
    List<String> classes = testClasses(oracles);
    if (classes.isEmpty()) {
      return false;
    }
    return Commands.run(
            checkout,
            LIMIT,
            // a Maven that lives for seconds gains nothing from the second compiler
            Map.of(
                "JAVA_HOME",
                jdk.toString(),
                "MAVEN_OPTS",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
            Workspace.maven(
                checkout,
                "-o",
                "-q",
                "-Dtest=" + String.join(",", classes),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "test"))
        .well();
  }

  private static List<String> testClasses(Path oracles) {
    try (Stream<Path> files = Files.walk(oracles)) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(n -> n.endsWith(".java"))
          .map(n -> n.substring(0, n.length() - ".java".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the oracles in " + oracles, e);
    }
  }
}
