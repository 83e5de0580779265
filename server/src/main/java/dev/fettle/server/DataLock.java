package dev.fettle.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Keeps other servers off a data directory while this one runs. Thread-safe. */
final class DataLock implements AutoCloseable {
  /** A server that was killed, or whose launcher ended, needs a moment to be gone. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String FILE = "server.lock";
  private static final long PAUSE_MILLIS = 100;

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a directory, which is created when absent.
   *
   * @param patience how long to wait for another server to end
   * @throws IllegalStateException when another server uses it still
   */
  static DataLock of(Path data, Duration patience) throws IOException {
    Files.createDirectories(data);
    FileChannel channel =
        FileChannel.open(data.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long start = System.nanoTime();
    while (!taken(channel)) {
      if (System.nanoTime() - start >= patience.toNanos()) {
        channel.close();
        throw new IllegalStateException(
            "another server uses " + data + ": end it, or name another directory (fettle.data)");
      }
      pause();
    }
    return new DataLock(channel);
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException withinThisProcess) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another server to end", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
