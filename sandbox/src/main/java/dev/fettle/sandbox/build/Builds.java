package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.ProjectModel.BuildTool;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Built copies on disk, one per revision: {@code <data>/builds/<revision>/} holds the copy ({@code
 * tree}), what its build said of itself and which tool and JDK built it. Survives restarts.
 * Thread-safe; one build of a revision at a time.
 */
final class Builds {
  /** Keys of a record for what this room did to make the build pass. */
  static final String LEFT_OUT = "leftOut";

  static final String LIBRARY = "library";

  private final Path directory;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final Map<String, Reading> known = new ConcurrentHashMap<>();

  Builds(Path data) {
    this.directory = data.toAbsolutePath().normalize().resolve("builds");
  }

  /** Builds a copy that {@code place} already holds. */
  interface Build {
    Reading apply(Place place, SourceTree tree) throws IOException;
  }

  /** What is known of the tree, else what {@code build} says of a fresh copy. */
  Reading once(SourceTree tree, Build build) {
    String key = tree.revision().replaceAll("[^0-9A-Za-z._-]", "_");
    synchronized (locks.computeIfAbsent(key, k -> new Object())) {
      Reading reading = known.get(key);
      if (reading == null) {
        Place place = new Place(directory.resolve(key));
        reading = readOrBuild(place, tree, build);
        known.put(key, reading);
      }
      return reading;
    }
  }

  private Reading readOrBuild(Place place, SourceTree tree, Build build) {
    try {
      Optional<Reading> remembered = place.remembered();
      if (remembered.isPresent()) {
        BuildCache.used(place.directory());
        return remembered.get();
      }
      TreeCopy.delete(place.directory());
      new BuildCache(directory).prune();
      TreeCopy.copy(tree, place.tree());
      return build.apply(place, tree);
    } catch (IOException e) {
      return new Reading.Unreadable(
          "the tree cannot be built in "
              + place.directory()
              + ": "
              + e
              + "; wanted a copy to build");
    }
  }

  /** The notes in the record of a built copy. */
  static List<String> notes(Path tree) {
    List<String> notes = new ArrayList<>(recorded(tree, "note"));
    int leftOut = leftOut(tree).size();
    if (leftOut > 0) {
      notes.add(leftOut + " test files that do not compile are left out: " + leftOut(tree).get(0));
    }
    return notes;
  }

  /** Test files, relative to the tree, without which a built copy was compiled. */
  static List<String> leftOut(Path tree) {
    return recorded(tree, LEFT_OUT);
  }

  /** Whether a built copy was compiled against the library of its old language level. */
  static boolean usedLibrary(Path tree) {
    return !recorded(tree, LIBRARY).isEmpty();
  }

  private static List<String> recorded(Path tree, String key) {
    Path record = tree.resolveSibling("record.txt");
    if (!Files.isRegularFile(record)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(record)) {
      return lines
          .filter(l -> l.startsWith(key + "\t"))
          .map(l -> l.substring(key.length() + 1))
          .distinct()
          .limit(2000)
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }

  /** The shallowest file of that name in the tree, first in order among equals. */
  static Optional<String> topmost(SourceTree tree, String fileName) {
    return tree.paths().stream()
        .filter(p -> p.equals(fileName) || p.endsWith("/" + fileName))
        .min(
            Comparator.<String>comparingLong(p -> p.chars().filter(c -> c == '/').count())
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Where one revision is built. */
  record Place(Path directory) {
    Path tree() {
      return directory.resolve("tree");
    }

    Path record() {
      return directory.resolve("record.txt");
    }

    private Path done() {
      return directory.resolve("built-by.txt");
    }

    /** Adds lines to the record. */
    void note(String key, List<String> values) throws IOException {
      Files.write(
          record(), values.stream().map(v -> key + "\t" + v).toList(), StandardOpenOption.APPEND);
    }

    void remember(String tool, Path jdk) throws IOException {
      Files.write(done(), List.of(tool, jdk.toString()));
    }

    Reading model(BuildTool tool, Path jdk) throws IOException {
      return new Reading.Read(
          new ProjectModel(tree(), tool, jdk, BuildRecord.read(record()).modules(tree())));
    }

    /** What an earlier server built, when it is whole and its JDK is still here. */
    private Optional<Reading> remembered() throws IOException {
      if (!Files.isRegularFile(done()) || !Files.isRegularFile(record())) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(done());
      if (lines.size() < 2 || Jdks.feature(Path.of(lines.get(1))).isEmpty()) {
        return Optional.empty();
      }
      Reading.Read read =
          (Reading.Read) model(BuildTool.valueOf(lines.get(0)), Path.of(lines.get(1)));
      boolean whole =
          read.project().modules().stream()
              .flatMap(m -> m.testClasspath().stream())
              .filter(p -> p.toString().endsWith(".jar"))
              .allMatch(Files::isRegularFile);
      return whole ? Optional.of(read) : Optional.empty();
    }
  }
}
