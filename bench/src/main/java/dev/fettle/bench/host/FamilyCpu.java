package dev.fettle.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** CPU time of this process, of children that ended and of those that live, on Linux. */
public final class FamilyCpu {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final double TICK_MILLIS = 10;
  private static final int USER = 11;
  private static final int CHILDREN_SYSTEM = 14;

  private FamilyCpu() {}

  /** Milliseconds since each began; 10 ms is the least that can be told apart. */
  public static double millis() {
    double living =
        ProcessHandle.current()
            .descendants()
            .map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(d -> d.toNanos() / 1e6)
            .sum();
    try {
      String stat = Files.readString(STAT);
      // The name in parentheses may hold blanks; what follows it does not.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = 0;
      for (int i = USER; i <= CHILDREN_SYSTEM; i++) {
        ticks += Double.parseDouble(fields[i]);
      }
      return living + ticks * TICK_MILLIS;
    } catch (IOException | NumberFormatException e) {
      throw BenchFailure.broken("cannot read " + STAT + ": " + e.getMessage());
    }
  }
}
