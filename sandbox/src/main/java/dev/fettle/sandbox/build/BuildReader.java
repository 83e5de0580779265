package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a tree with the tool whose build file lies highest; a folder without one is plain. */
public final class BuildReader implements ProjectReader {
  private final MavenProjectReader maven;
  private final ProjectReader gradle;
  private final PlainProjectReader plain;

  /**
   * @param spy the packed laboratory, which holds the event spy
   * @param timeout for one run of a build
   */
  public BuildReader(
      Path data,
      Children children,
      Maven maven,
      Jdks jdks,
      Path spy,
      Fetched fetched,
      Duration timeout) {
    Builds builds = new Builds(data, children.libraries(), fetched);
    this.maven = new MavenProjectReader(builds, maven, jdks, spy, timeout);
    this.gradle = new GradleProjectReader(builds, children, jdks, data, timeout);
    this.plain = new PlainProjectReader(builds, children, jdks, timeout);
  }

  /** Directories outside of the copies below {@code data} where builds find their libraries. */
  public static List<Path> libraries(Path data) {
    List<Path> libraries = new ArrayList<>(Maven.repositories(data));
    libraries.add(GradleProjectReader.cache(data));
    return libraries;
  }

  /** Reads a tree whose folders the user names. */
  public Reading read(SourceTree tree, FolderLayout layout) {
    return plain.read(tree, layout);
  }

  /**
   * Reads a tree whose main sources do not compile: everything but their class files.
   *
   * @param layout the folders that the user names; empty for those of the build
   */
  public Reading readUncompiled(SourceTree tree, Optional<FolderLayout> layout) {
    SourceTree uncompiled = new Otherwise(tree, "uncompiled");
    if (layout.isEmpty() && found(tree, "pom.xml", maven).isPresent()) {
      return maven.readUncompiled(uncompiled);
    }
    return plain.readUncompiled(uncompiled, layout);
  }

  /** A tree under another revision, so that its reading is kept apart. */
  private record Otherwise(SourceTree tree, String how) implements SourceTree {
    @Override
    public String revision() {
      return tree.revision() + "-" + how;
    }

    @Override
    public Path repository() {
      return tree.repository();
    }

    @Override
    public Path root() {
      return tree.root();
    }

    @Override
    public List<String> paths() {
      return tree.paths();
    }

    @Override
    public Optional<String> text(String path) {
      return tree.text(path);
    }
  }

  /** What the build had to say of a project that was read, such as what was left out. */
  public static List<String> notes(ProjectModel project) {
    return Builds.notes(project.root());
  }

  private record Found(String path, ProjectReader reader) {
    long depth() {
      return path.chars().filter(c -> c == '/').count();
    }
  }

  @Override
  public Reading read(SourceTree tree) {
    Reading reading = byTool(tree);
    Optional<String> pom = Builds.topmost(tree, "pom.xml");
    if (reading instanceof Reading.Unreadable unreadable
        && pom.isPresent()
        && MavenProjectReader.unresolved(unreadable.reason())) {
      Reading bare = plain.readPom(new Otherwise(tree, "pom"), pom.get(), unreadable.reason());
      return bare instanceof Reading.Read ? bare : reading;
    }
    return reading;
  }

  private Reading byTool(SourceTree tree) {
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
