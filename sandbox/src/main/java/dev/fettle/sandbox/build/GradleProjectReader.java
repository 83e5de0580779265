package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import dev.fettle.sandbox.confine.Room;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has Gradle (the project's wrapper, else an installed one) describe a copy of the tree through an
 * init script. Needs the network where Gradle or a dependency is not cached.
 */
final class GradleProjectReader implements ProjectReader {
  private static final String SCRIPT = "fettle.init.gradle";

  private final Builds builds;
  private final Children children;
  private final Jdks jdks;
  private final Path cache;
  private final Duration timeout;

  /**
   * @param data where Gradle's own cache lies, beside the copies
   */
  GradleProjectReader(Builds builds, Children children, Jdks jdks, Path data, Duration timeout) {
    this.builds = builds;
    this.children = children;
    this.jdks = jdks;
    this.cache = cache(data);
    this.timeout = timeout;
  }

  @Override
  public Reading read(SourceTree tree) {
    return builds.once(tree, this::build);
  }

  private Reading build(Builds.Place place, SourceTree tree) throws IOException {
    Optional<Path> jdk = jdks.fitting(Jdks.LEAST);
    Optional<List<String>> launcher = launcher(place.tree(), System.getenv("PATH"));
    if (jdk.isEmpty() || launcher.isEmpty()) {
      return new Reading.Unreadable(
          "wanted a Gradle wrapper or gradle on the PATH, and a JDK 17; installed: " + jdks);
    }
    Path script = place.directory().resolve(SCRIPT);
    Files.writeString(script, script());
    Path record = place.told();
    List<String> command = new ArrayList<>(launcher.get());
    command.addAll(List.of("--no-daemon", "-q", "--init-script", script.toString()));
    command.addAll(List.of("-Dfettle.spy.file=" + record, "fettleDescribe"));
    Path home = Files.createDirectories(cache.resolve(place.cache()));
    BuildCache.used(home);
    new BuildCache(cache).prune();
    Children.Ended ended;
    try {
      ended =
          children.execute(
              new Room(
                  command,
                  place.tree(),
                  List.of(jdk.get(), script),
                  List.of(place.tree(), home),
                  true,
                  Map.of(
                      "JAVA_HOME", jdk.get().toString(),
                      "GRADLE_USER_HOME", home.toString(),
                      "PATH", jdk.get().resolve("bin") + ":/usr/bin:/bin")),
              timeout);
    } catch (Confinement.Refused e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    }
    if (!ended.passed() || !place.bounds().isFile(record)) {
      return new Reading.Unreadable(
          "the Gradle build fails: "
              + MavenProjectReader.errors(ended.output())
              + "; wanted a tree that compiles");
    }
    place.keepTold();
    place.remember("GRADLE", jdk.get());
    return place.model(ProjectModel.BuildTool.GRADLE, jdk.get());
  }

  /** What builds fetch, below a data directory. */
  static Path cache(Path data) {
    return data.toAbsolutePath().normalize().resolve("gradle");
  }

  /** The wrapper of the tree, else gradle on the path; the wrapper may lack its executable bit. */
  static Optional<List<String>> launcher(Path tree, String path) {
    if (Files.isRegularFile(tree.resolve("gradlew"))
        && Files.isRegularFile(tree.resolve("gradle/wrapper/gradle-wrapper.jar"))) {
      return Optional.of(List.of("/bin/sh", tree.resolve("gradlew").toString()));
    }
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "gradle"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(gradle -> List.of(gradle.toString()));
  }

  static String script() throws IOException {
    try (InputStream in = GradleProjectReader.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IOException("not packed: " + SCRIPT);
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
