package dev.fettle.cli.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CPU time of this process and its children, as Linux counts it. A confined child that ends hands
 * its time to nobody, so living ones are looked at several times a second; what a process used
 * after the last look is missing. Thread-safe.
 */
final class CpuTime implements AutoCloseable {
  private static final long TICK_NANOS = 10_000_000;
  private static final long PAUSE_MILLIS = 150;

  private final Map<String, Long> ticks = new ConcurrentHashMap<>();
  private final Thread sampler = new Thread(this::sample, "fettle-cpu");

  CpuTime() {
    sampler.setDaemon(true);
    sampler.start();
  }

  /** So far; only this process where there is no {@code /proc}. */
  Duration used() {
    look();
    long children = ticks.values().stream().mapToLong(Long::longValue).sum();
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return own.plusNanos(children * TICK_NANOS);
  }

  private void sample() {
    try {
      while (true) {
        look();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    ProcessHandle.current()
        .descendants()
        .forEach(
            p ->
                read(p.pid())
                    .ifPresent(u -> ticks.merge(p.pid() + "@" + u.start(), u.ticks(), Math::max)));
  }

  /** User and system time of a process, and when it started. */
  private record Usage(long ticks, String start) {}

  private static Optional<Usage> read(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long used = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return Optional.of(new Usage(used, fields[19]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
