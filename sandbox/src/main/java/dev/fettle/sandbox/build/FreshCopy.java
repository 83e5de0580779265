package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a tree for one run of its build, of a name of its own: other runs and other processes
 * have theirs. Deleted when closed. Confined to one thread.
 */
final class FreshCopy implements AutoCloseable {
  /** Longer than a build may take: what is older was left by a process that was killed. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(12);

  private final Path directory;

  private FreshCopy(Path directory) {
    this.directory = directory;
  }

  /**
   * Copies it below {@code parent}, which is created.
   *
   * @throws IOException when it cannot be copied; then nothing of it is left
   */
  static FreshCopy of(SourceTree tree, Path parent) throws IOException {
    Files.createDirectories(parent);
    sweep(parent);
    FreshCopy copy = new FreshCopy(Files.createTempDirectory(parent, "run-"));
    boolean whole = false;
    try {
      TreeCopy.copy(tree, copy.directory);
      whole = true;
      return copy;
    } finally {
      if (!whole) {
        copy.close();
      }
    }
  }

  private static void sweep(Path parent) throws IOException {
    Instant before = Instant.now().minus(LEFT_BEHIND);
    List<Path> copies;
    try (Stream<Path> children = Files.list(parent)) {
      copies = children.filter(Files::isDirectory).toList();
    }
    for (Path copy : copies) {
      try {
        if (Files.getLastModifiedTime(copy).toInstant().isBefore(before)) {
          TreeCopy.delete(copy);
        }
      } catch (IOException later) {
        // Another process sweeps too, or the next run does.
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** Writes a file of the copy, before anything ran in it. */
  void write(String path, byte[] content) throws IOException {
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("outside of the copy: " + path);
    }
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  @Override
  public void close() {
    try {
      TreeCopy.delete(directory);
    } catch (IOException later) {
      // A run that comes much later sweeps it away.
    }
  }
}
