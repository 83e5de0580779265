package dev.fettle.sandbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The test framework of a project whose own libraries lack it, from the user's local Maven
 * repository: the newest version there, with what it needs.
 */
final class TestLibraries {
  private static final List<String> JUNIT_4 =
      List.of("junit/junit/4", "org/hamcrest/hamcrest-core/1", "org/hamcrest/hamcrest/2");
  private static final List<String> JUNIT_5 =
      List.of(
          "org/junit/jupiter/junit-jupiter-api/5",
          "org/junit/jupiter/junit-jupiter-params/5",
          "org/junit/jupiter/junit-jupiter-engine/5",
          "org/junit/platform/junit-platform-commons/1",
          "org/junit/platform/junit-platform-engine/1",
          "org/junit/platform/junit-platform-launcher/1",
          "org/opentest4j/opentest4j/1",
          "org/apiguardian/apiguardian-api/1");

  private static final Pattern PLATFORM = Pattern.compile("junit-platform-engine-(\\d.*)\\.jar");

  private TestLibraries() {}

  /** Jars for what the test sources import and the libraries do not hold. */
  static List<Path> missing(List<Path> testSources, List<Path> libraries, Path repository)
      throws IOException {
    boolean jupiter = false;
    boolean four = false;
    for (Path source : testSources) {
      String text =
          new String(Files.readAllBytes(source), java.nio.charset.StandardCharsets.ISO_8859_1);
      jupiter |= text.contains("org.junit.jupiter.");
      four |=
          text.contains("junit.framework.")
              || text.matches("(?s).*import (static )?org\\.junit\\.[A-Z*a].*");
    }
    List<Path> found = new ArrayList<>();
    if (jupiter && !holds(libraries, "jupiter-api")) {
      add(JUNIT_5, repository, found);
    } else if (jupiter) {
      launcher(libraries, repository).ifPresent(found::add);
    }
    if (four && !holds(libraries, "junit-4") && !holds(libraries, "junit.jar")) {
      add(JUNIT_4, repository, found);
    }
    return found;
  }

  /** The launcher that fits the libraries' platform, where they leave it to the build tool. */
  private static Optional<Path> launcher(List<Path> libraries, Path repository) {
    if (holds(libraries, "platform-launcher") || holds(libraries, "console-standalone")) {
      return Optional.empty();
    }
    return libraries.stream()
        .map(p -> PLATFORM.matcher(String.valueOf(p.getFileName())))
        .filter(Matcher::matches)
        .map(m -> m.group(1))
        .map(
            v ->
                repository.resolve(
                    "org/junit/platform/junit-platform-launcher/%s/junit-platform-launcher-%s.jar"
                        .formatted(v, v)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static boolean holds(List<Path> libraries, String name) {
    return libraries.stream().anyMatch(p -> String.valueOf(p.getFileName()).contains(name));
  }

  private static void add(List<String> wanted, Path repository, List<Path> found)
      throws IOException {
    for (String artifact : wanted) {
      newest(repository, artifact).ifPresent(found::add);
    }
  }

  /** {@code group/artifact/major}: the jar of the highest version that begins with the number. */
  private static Optional<Path> newest(Path repository, String artifact) throws IOException {
    int slash = artifact.lastIndexOf('/');
    Path folder = repository.resolve(artifact.substring(0, slash));
    String major = artifact.substring(slash + 1) + ".";
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .filter(v -> v.getFileName().toString().matches("\\Q" + major + "\\E[\\d.]+"))
          .map(v -> v.resolve(folder.getFileName() + "-" + v.getFileName() + ".jar"))
          .filter(Files::isRegularFile)
          .max(Comparator.comparing(TestLibraries::padded));
    }
  }

  /** Numbers of one width, so that text order is version order. */
  private static String padded(Path jar) {
    StringBuilder padded = new StringBuilder();
    for (String part : String.valueOf(jar.getFileName()).split("[^0-9]+")) {
      padded.append("0".repeat(Math.max(0, 6 - part.length()))).append(part);
    }
    return padded.toString();
  }
}
