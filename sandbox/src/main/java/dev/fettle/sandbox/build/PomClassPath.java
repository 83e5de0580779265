package dev.fettle.sandbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars that a pom asks for, from the local repository alone: nearest first, and another version
 * where the one that is wanted is not there.
 *
 * @param jars on the test class path
 * @param missing {@code group:artifact:version} of what is nowhere
 */
record PomClassPath(List<Path> jars, List<String> missing) {
  private static final int MOST = 500;

  static PomClassPath of(PomFile pom, Path repository) throws IOException {
    Set<Path> jars = new LinkedHashSet<>();
    List<String> missing = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    Bounds bounds = new Bounds(repository, List.of());
    Deque<PomFile.Dependency> open = new ArrayDeque<>(pom.dependencies());
    while (!open.isEmpty() && seen.size() < MOST) {
      PomFile.Dependency one = open.remove();
      if (!seen.add(one.key() + ":" + one.classifier())) {
        continue;
      }
      Optional<String> version = version(one, repository);
      // A pom may name an artifact "../../../home".
      if (version.isEmpty() || !bounds.holds(jar(one, version.get(), repository))) {
        missing.add(one.key() + ":" + one.version());
        continue;
      }
      jars.add(jar(one, version.get(), repository));
      PomFile.read(
              PomFile.stored(repository, one.group(), one.artifact(), version.get(), ".pom"),
              repository)
          .ifPresent(
              p ->
                  p.dependencies().stream()
                      .filter(d -> !d.optional() && !Set.of("test", "provided").contains(d.scope()))
                      .forEach(open::add));
    }
    return new PomClassPath(List.copyOf(jars), missing);
  }

  private static Path jar(PomFile.Dependency one, String version, Path repository) {
    String ending = one.classifier().isEmpty() ? ".jar" : "-" + one.classifier() + ".jar";
    return PomFile.stored(repository, one.group(), one.artifact(), version, ending);
  }

  /** The wanted version where its jar is there, else the last one by name that is. */
  private static Optional<String> version(PomFile.Dependency one, Path repository)
      throws IOException {
    if (!one.version().isEmpty() && Files.isRegularFile(jar(one, one.version(), repository))) {
      return Optional.of(one.version());
    }
    Path versions = repository.resolve(one.group().replace('.', '/')).resolve(one.artifact());
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.filter(Files::isDirectory)
          .map(v -> String.valueOf(v.getFileName()))
          .filter(v -> Files.isRegularFile(jar(one, v, repository)))
          .max(Comparator.naturalOrder());
    }
  }
}
