package dev.fettle.sandbox.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bounds what built copies take on the disk, and what builds fetched: the directories used last
 * stay, and whatever was used within the hour, because another process may still run it.
 */
final class BuildCache {
  /** So many copies stay, however long ago they were used. */
  static final int KEPT = 10;

  private static final Duration IN_USE = Duration.ofHours(1);

  private final Path directory;

  BuildCache(Path directory) {
    this.directory = directory;
  }

  /** Notes that a copy is used now. */
  static void used(Path copy) throws IOException {
    Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
  }

  /** Deletes the copies that were used longest ago. One that cannot be deleted stays. */
  void prune() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> copies = new ArrayList<>();
    try (Stream<Path> children = Files.list(directory)) {
      children.filter(Files::isDirectory).forEach(copies::add);
    }
    copies.sort(Comparator.comparing(BuildCache::time).reversed());
    Instant inUse = Instant.now().minus(IN_USE);
    for (Path copy : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
      if (time(copy).isBefore(inUse)) {
        try {
          TreeCopy.delete(copy);
        } catch (IOException | UncheckedIOException stays) {
          // Another process deletes it too, or the next call does.
        }
      }
    }
  }

  private static Instant time(Path copy) {
    try {
      return Files.getLastModifiedTime(copy).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }
}
