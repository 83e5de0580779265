package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import dev.fettle.sandbox.confine.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder without a build: sources in {@code src/main/java} (or {@code src}, or the root), tests
 * in {@code src/test/java} or {@code test}, jars in {@code lib}.
 */
final class PlainProjectReader implements ProjectReader {
  private final Builds builds;
  private final Children children;
  private final Jdks jdks;
  private final Duration timeout;

  PlainProjectReader(Builds builds, Children children, Jdks jdks, Duration timeout) {
    this.builds = builds;
    this.children = children;
    this.jdks = jdks;
    this.timeout = timeout;
  }

  @Override
  public Reading read(SourceTree tree) {
    return builds.once(tree, this::build);
  }

  private Reading build(Builds.Place place, SourceTree tree) throws IOException {
    Optional<Path> jdk = jdks.fitting(Jdks.LEAST);
    if (jdk.isEmpty()) {
      return new Reading.Unreadable("wanted a JDK " + Jdks.LEAST + "; installed: " + jdks);
    }
    Path root = place.tree();
    Path main = firstDirectory(root, "src/main/java", "src").orElse(root);
    Optional<Path> test = firstDirectory(root, "src/test/java", "test");
    List<String> lines = new ArrayList<>(List.of("module\tmain", "basedir\t" + root));
    Path mainOutput = Files.createDirectories(root.resolve("target/classes"));
    Path testOutput = Files.createDirectories(root.resolve("target/test-classes"));
    lines.addAll(List.of("mainOutput\t" + mainOutput, "testOutput\t" + testOutput));
    lines.add("mainSource\t" + main);
    test.ifPresent(t -> lines.add("testSource\t" + t));
    List<Path> jars = jars(root.resolve("lib"));
    jars.forEach(jar -> lines.addAll(List.of("compile\t" + jar, "test\t" + jar)));
    lines.addAll(List.of("test\t" + mainOutput, "arg\t-g", "arg\t-parameters"));
    lines.add("release\t" + Jdks.feature(jdk.get()).orElse(Jdks.LEAST));
    try {
      Optional<String> refusal = compile(root, jdk.get(), sources(main, test), mainOutput, jars);
      if (refusal.isEmpty() && test.isPresent()) {
        List<Path> path = new ArrayList<>(jars);
        path.add(mainOutput);
        refusal = compile(root, jdk.get(), sources(test.get(), Optional.empty()), testOutput, path);
      }
      if (refusal.isPresent()) {
        return new Reading.Unreadable(
            "the sources do not compile: " + refusal.get() + "; wanted a tree that compiles");
      }
    } catch (Confinement.Refused e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    }
    Files.write(place.record(), lines);
    place.remember("PLAIN", jdk.get());
    return place.model(ProjectModel.BuildTool.PLAIN, jdk.get());
  }

  /** Why it does not compile; empty when it does. */
  private Optional<String> compile(
      Path root, Path jdk, List<Path> sources, Path output, List<Path> classPath)
      throws IOException {
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    Path list = root.resolve("target/sources.txt");
    Files.write(list, sources.stream().map(s -> "\"" + s + "\"").toList());
    String path = String.join(":", classPath.stream().map(Path::toString).toList());
    List<String> command =
        List.of(
            jdk.resolve("bin/javac").toString(),
            "-g",
            "-parameters",
            "-nowarn",
            "-d",
            output.toString(),
            "-cp",
            path.isEmpty() ? output.toString() : path,
            "@" + list);
    Children.Ended ended =
        children.execute(
            new Room(
                command,
                root,
                List.of(jdk),
                List.of(root),
                false,
                Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8")),
            timeout);
    return ended.passed()
        ? Optional.empty()
        : Optional.of(MavenProjectReader.errors(ended.output()));
  }

  private static List<Path> sources(Path directory, Optional<Path> without) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> without.isEmpty() || !f.startsWith(without.get()))
          .sorted()
          .toList();
    }
  }

  private static List<Path> jars(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static Optional<Path> firstDirectory(Path root, String... names) {
    return Stream.of(names).map(root::resolve).filter(Files::isDirectory).findFirst();
  }
}
