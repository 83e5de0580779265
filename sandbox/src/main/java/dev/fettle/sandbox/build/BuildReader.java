package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a tree with the tool whose build file lies highest; a folder without one is plain. */
public final class BuildReader implements ProjectReader {
  private final ProjectReader maven;
  private final ProjectReader gradle;
  private final ProjectReader plain;

  /**
   * @param spy the packed laboratory, which holds the event spy
   * @param timeout for one run of a build
   */
  public BuildReader(
      Path data, Children children, Maven maven, Jdks jdks, Path spy, Duration timeout) {
    Builds builds = new Builds(data);
    this.maven = new MavenProjectReader(builds, maven, jdks, spy, timeout);
    this.gradle = new GradleProjectReader(builds, children, jdks, timeout);
    this.plain = new PlainProjectReader(builds, children, jdks, timeout);
  }

  private record Found(String path, ProjectReader reader) {
    long depth() {
      return path.chars().filter(c -> c == '/').count();
    }
  }

  @Override
  public Reading read(SourceTree tree) {
    return Stream.of(
            found(tree, "pom.xml", maven),
            found(tree, "settings.gradle", gradle),
            found(tree, "settings.gradle.kts", gradle),
            found(tree, "build.gradle", gradle),
            found(tree, "build.gradle.kts", gradle))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(Found::depth))
        .map(Found::reader)
        .orElse(plain)
        .read(tree);
  }

  private static Optional<Found> found(SourceTree tree, String file, ProjectReader reader) {
    return Builds.topmost(tree, file).map(path -> new Found(path, reader));
  }
}
