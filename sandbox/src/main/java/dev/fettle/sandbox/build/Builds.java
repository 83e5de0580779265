package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.ProjectModel.BuildTool;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Built copies on disk, one per revision: {@code <data>/builds/<revision>/} holds the copy ({@code
 * tree}), what its build said of itself and which tool and JDK built it. Survives restarts.
 * Thread-safe; one build of a revision at a time.
 */
final class Builds {
  /** What the build said of itself. */
  private static final String RECORD = "record.txt";

  /** What this room did to make the build pass, apart: the build may write what it likes. */
  private static final String NOTED = "noted.txt";

  /** Keys of that. */
  static final String LEFT_OUT = "leftOut";

  static final String LIBRARY = "library";

  /** Readings in memory; more are read from their copies again. */
  private static final int KNOWN = 64;

  /** How long a tree that cannot be read is left alone: the network comes back, a build is slow. */
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Path directory;
  private final List<Path> libraries;
  private final Fetched fetched;
  private final Duration retry;
  private final Object[] locks = new Object[KNOWN];
  private final Map<String, Known> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
              return size() > KNOWN;
            }
          });

  /**
   * @param libraries directories outside of the copies whose files may be on class paths
   */
  Builds(Path data, List<Path> libraries, Fetched fetched) {
    this(data, libraries, fetched, RETRY);
  }

  Builds(Path data, List<Path> libraries, Fetched fetched, Duration retry) {
    this.directory = data.toAbsolutePath().normalize().resolve("builds");
    this.libraries = List.copyOf(libraries);
    this.fetched = fetched;
    this.retry = retry;
    Arrays.setAll(locks, i -> new Object());
  }

  /** A reading and when it was made, by {@link System#nanoTime}. */
  private record Known(Reading reading, long nanos) {}

  /** Builds a copy that {@code place} already holds. */
  interface Build {
    Reading apply(Place place, SourceTree tree) throws IOException;
  }

  /** What is known of the tree, else what {@code build} says of a fresh copy. */
  Reading once(SourceTree tree, Build build) {
    String key = tree.revision().replaceAll("[^0-9A-Za-z._-]", "_");
    synchronized (locks[Math.floorMod(key.hashCode(), locks.length)]) {
      Place place = new Place(directory.resolve(key), libraries, fetched.cacheOf(tree));
      Known before = known.get(key);
      if (before != null && current(before, place)) {
        return before.reading();
      }
      Reading reading = alone(place, () -> readOrBuild(place, tree, build));
      known.put(key, new Known(reading, System.nanoTime()));
      return reading;
    }
  }

  /** Lets one process at a time build a revision; others wait, and find the copy. */
  private Reading alone(Place place, Supplier<Reading> work) {
    Path file = directory.resolve(place.directory().getFileName() + ".lock");
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        assert lock.isValid();
        return work.get();
      }
    } catch (IOException e) {
      return new Reading.Unreadable(
          "the lock " + file + " cannot be had: " + e + "; wanted a directory to build in");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException ofThisProcess) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", ofThisProcess);
        }
      }
    }
  }

  /** What was read holds while its copy is there, which others may delete; a failure for a time. */
  private boolean current(Known before, Place place) {
    if (before.reading() instanceof Reading.Read) {
      try {
        BuildCache.used(place.directory());
        return Files.isRegularFile(place.done());
      } catch (IOException gone) {
        return false;
      }
    }
    return System.nanoTime() - before.nanos() < retry.toNanos();
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
    } catch (IOException | IllegalArgumentException e) {
      // The latter where a build says of itself what no path or module can be.
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
    List<String> notes = new ArrayList<>(recorded(tree.resolveSibling(RECORD), "note"));
    notes.addAll(recorded(tree.resolveSibling(NOTED), "note"));
    int leftOut = leftOut(tree).size();
    if (leftOut > 0) {
      notes.add(leftOut + " test files that do not compile are left out: " + leftOut(tree).get(0));
    }
    return notes;
  }

  /** Test files, relative to the tree, without which a built copy was compiled. */
  static List<String> leftOut(Path tree) {
    return recorded(tree.resolveSibling(NOTED), LEFT_OUT);
  }

  /** Whether a built copy was compiled against the library of its old language level. */
  static boolean usedLibrary(Path tree) {
    return !recorded(tree.resolveSibling(NOTED), LIBRARY).isEmpty();
  }

  private static List<String> recorded(Path record, String key) {
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

  /**
   * Where one revision is built.
   *
   * @param cache names what the builds of its repository share
   */
  record Place(Path directory, List<Path> libraries, String cache) {
    Path tree() {
      return directory.resolve("tree");
    }

    Path record() {
      return directory.resolve(RECORD);
    }

    /** Names the form of what lies beside it: copies with another are built anew. */
    private Path done() {
      return directory.resolve("built-by.2.txt");
    }

    /** Where the build says what it did; the build may write it, and put anything in its place. */
    Path told() {
      return tree().resolve(".fettle-build-record");
    }

    /** Takes what the build said to where it can write no more. */
    void keepTold() throws IOException {
      Files.move(told(), record(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of the copy; links of the build lead nowhere else. */
    Bounds bounds() {
      return new Bounds(tree(), libraries);
    }

    /** Adds lines to what this room did. */
    void note(String key, List<String> values) throws IOException {
      Files.write(
          directory.resolve(NOTED),
          values.stream().map(v -> key + "\t" + v).toList(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

    void remember(String tool, Path jdk) throws IOException {
      Files.write(done(), List.of(tool, jdk.toString()));
    }

    Reading model(BuildTool tool, Path jdk) throws IOException {
      List<Path> shown = new ArrayList<>(libraries);
      shown.add(jdk);
      // A folder without a build is described by this room, with libraries that a user names.
      Bounds bounds =
          tool == BuildTool.PLAIN
              ? new Bounds(tree(), List.of(Path.of("/")))
              : new Bounds(tree(), shown);
      return new Reading.Read(
          new ProjectModel(tree(), tool, jdk, BuildRecord.read(record()).modules(tree(), bounds)));
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
