package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import dev.fettle.sandbox.confine.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders without a build, in the places that {@link FolderLayout} knows or that a user names. */
final class PlainProjectReader implements ProjectReader {
  private final Builds builds;
  private final Children children;
  private final Jdks jdks;
  private final Duration timeout;

  private final Path repository =
      Path.of(System.getProperty("user.home", "/"), ".m2", "repository");

  PlainProjectReader(Builds builds, Children children, Jdks jdks, Duration timeout) {
    this.builds = builds;
    this.children = children;
    this.jdks = jdks;
    this.timeout = timeout;
  }

  @Override
  public Reading read(SourceTree tree) {
    return builds.once(tree, (place, t) -> build(place, FolderLayout.guess(place.tree()), true));
  }

  /** Reads a tree whose folders are known. */
  public Reading read(SourceTree tree, FolderLayout layout) {
    return builds.once(tree, (place, t) -> build(place, layout, true));
  }

  /**
   * Reads what the pom says, where its build cannot run: one module, from the local repository.
   *
   * @param why the build cannot run
   */
  Reading readPom(SourceTree tree, String path, String why) {
    return builds.once(
        tree,
        (place, t) -> {
          Path file = place.tree().resolve(path);
          Optional<PomFile> pom = PomFile.read(file, repository);
          if (pom.isEmpty()) {
            return new Reading.Unreadable("not a pom: " + path);
          }
          PomClassPath classPath = PomClassPath.of(pom.get(), repository);
          Path root = Optional.ofNullable(file.getParent()).orElse(place.tree());
          FolderLayout guess = FolderLayout.guess(root);
          String below = place.tree().relativize(root).toString();
          FolderLayout layout =
              new FolderLayout(
                  pom.get().sources().map(List::of).orElse(guess.sources()).stream()
                      .map(s -> below(below, s))
                      .toList(),
                  pom.get().tests().map(List::of).orElse(guess.tests()).stream()
                      .map(s -> below(below, s))
                      .toList(),
                  classPath.jars(),
                  MavenProjectReader.highestRelease(t.text(path).orElse("")));
          Reading reading = build(place, layout, true);
          if (reading instanceof Reading.Read) {
            List<String> notes = new ArrayList<>();
            notes.add(
                "Maven cannot run here, so the pom was read directly and javac compiled the module: "
                    + why.lines().findFirst().orElse(""));
            if (!classPath.missing().isEmpty()) {
              notes.add("not in the local repository: " + String.join(", ", classPath.missing()));
            }
            place.note("note", notes);
          }
          return reading;
        });
  }

  private static String below(String folder, String path) {
    return Path.of(folder).resolve(path).normalize().toString();
  }

  /** Reads a tree whose sources do not compile. */
  Reading readUncompiled(SourceTree tree, Optional<FolderLayout> layout) {
    return builds.once(
        tree,
        (place, t) ->
            build(
                place,
                layout.isPresent() ? layout.get() : FolderLayout.guess(place.tree()),
                false));
  }

  private Reading build(Builds.Place place, FolderLayout layout, boolean compiled)
      throws IOException {
    Optional<Path> jdk = jdks.fitting(Math.max(Jdks.LEAST, layout.release()));
    if (jdk.isEmpty()) {
      return new Reading.Unreadable(
          "wanted a JDK " + Math.max(Jdks.LEAST, layout.release()) + "; installed: " + jdks);
    }
    Path root = place.tree();
    List<Path> tests = layout.tests().stream().map(root::resolve).toList();
    List<Path> mains = layout.sources().stream().map(root::resolve).toList();
    for (Path folder : Stream.concat(mains.stream(), tests.stream()).toList()) {
      if (Files.exists(folder) && !place.bounds().holds(folder)) {
        return new Reading.Unreadable(
            "sources outside of the tree: " + folder + "; wanted folders of the project");
      }
    }
    List<Path> testSources = sources(tests, List.of());
    List<Path> mainSources = sources(mains, tests);
    if (mainSources.isEmpty()) {
      return new Reading.Unreadable(
          "no build file and no Java source in the tree; wanted a pom.xml, a Gradle build, or"
              + " sources in src/main/java or src");
    }
    List<Path> jars = new ArrayList<>(layout.classpath());
    jars.addAll(TestLibraries.missing(testSources, jars, repository));
    Path mainOutput = Files.createDirectories(root.resolve("target/classes"));
    Path testOutput = Files.createDirectories(root.resolve("target/test-classes"));
    List<String> arguments = arguments(layout, mainSources, testSources);
    Javac javac = new Javac(root, place.directory(), jdk.get(), arguments);
    try {
      Optional<String> refusal = compile(javac, mainSources, mainOutput, jars);
      if (refusal.isEmpty()) {
        List<Path> path = new ArrayList<>(jars);
        path.add(mainOutput);
        refusal = compile(javac, testSources, testOutput, path);
      }
      if (compiled && refusal.isPresent()) {
        return new Reading.Unreadable(
            "the sources do not compile: " + refusal.get() + "; wanted a tree that compiles");
      }
    } catch (Confinement.Refused e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    }
    List<String> lines = new ArrayList<>(List.of("module\tmain", "basedir\t" + root));
    lines.addAll(List.of("mainOutput\t" + mainOutput, "testOutput\t" + testOutput));
    mains.forEach(m -> lines.add("mainSource\t" + m));
    tests.forEach(t -> lines.add("testSource\t" + t));
    jars.forEach(jar -> lines.addAll(List.of("compile\t" + jar, "test\t" + jar)));
    lines.add("test\t" + mainOutput);
    lines.add("include\t**/*.class"); // no build says how tests are named: what holds some is one
    // Resources lie between the sources.
    mains.forEach(m -> lines.add("test\t" + m));
    tests.forEach(t -> lines.add("test\t" + t));
    // And where builds keep them.
    for (List<Path> folders : List.of(mains, tests)) {
      folders.stream()
          .map(f -> f.resolveSibling("resources"))
          .filter(Files::isDirectory)
          .forEach(f -> lines.add("test\t" + f));
    }
    arguments.forEach(a -> lines.add("arg\t" + a));
    int feature = Jdks.feature(jdk.get()).orElse(Jdks.LEAST);
    lines.add("release\t" + (layout.release() == 0 ? feature : level(layout)));
    if (layout.release() != 0 && level(layout) != layout.release()) {
      lines.add(
          "note\tcompiled at language level "
              + level(layout)
              + " where "
              + layout.release()
              + " was asked for: the JDK no longer compiles that");
    }
    Files.write(place.record(), lines);
    place.remember("PLAIN", jdk.get());
    return place.model(ProjectModel.BuildTool.PLAIN, jdk.get());
  }

  private static int level(FolderLayout layout) {
    return Math.max(MavenProjectReader.LEAST_LEVEL, layout.release());
  }

  private static List<String> arguments(
      FolderLayout layout, List<Path> mainSources, List<Path> testSources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-g", "-parameters"));
    if (layout.release() != 0) {
      String level = Integer.toString(level(layout));
      arguments.addAll(List.of("-source", level, "-target", level));
    }
    List<Path> all = new ArrayList<>(mainSources);
    all.addAll(testSources);
    for (Path source : all) {
      if (!utf8(source)) {
        arguments.addAll(List.of("-encoding", "ISO-8859-1"));
        break;
      }
    }
    return arguments;
  }

  private static boolean utf8(Path source) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(source)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * How javac is run.
   *
   * @param root of the copy, which annotation processors may write
   * @param beside where they may not
   */
  private record Javac(Path root, Path beside, Path jdk, List<String> arguments) {}

  /** Why it does not compile; empty when it does. */
  private Optional<String> compile(
      Javac javac, List<Path> sources, Path output, List<Path> classPath) throws IOException {
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    Path list = javac.beside().resolve("sources.txt");
    Files.write(list, sources.stream().map(s -> "\"" + s + "\"").toList());
    String path = String.join(":", classPath.stream().map(Path::toString).toList());
    List<String> command = new ArrayList<>(List.of(javac.jdk().resolve("bin/javac").toString()));
    command.addAll(javac.arguments());
    command.addAll(
        List.of(
            "-nowarn",
            "-d",
            output.toString(),
            "-cp",
            path.isEmpty() ? output.toString() : path,
            "@" + list));
    List<Path> readable = new ArrayList<>(classPath);
    readable.addAll(List.of(javac.jdk(), list));
    Children.Ended ended =
        children.execute(
            new Room(
                command,
                javac.root(),
                readable,
                List.of(javac.root()),
                false,
                Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8")),
            timeout);
    return ended.passed()
        ? Optional.empty()
        : Optional.of(MavenProjectReader.errors(ended.output()));
  }

  private static List<Path> sources(List<Path> directories, List<Path> without) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path directory : directories) {
      try (Stream<Path> files = Files.walk(directory)) {
        files
            .filter(f -> f.toString().endsWith(".java"))
            .filter(f -> !f.endsWith("module-info.java"))
            .filter(f -> without.stream().noneMatch(f::startsWith))
            .sorted()
            .forEach(sources::add);
      }
    }
    return sources;
  }
}
