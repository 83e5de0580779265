package dev.fettle.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor time that a process has consumed, as Linux accounts for it: per thread in
 * nanoseconds from {@code schedstat}, since {@code stat} counts in ticks of 10 ms.
 *
 * <p>A thread that ends between two readings takes its share of that time with it, so processes to
 * be compared are started with a constant number of compiler threads. Immutable.
 */
public final class CpuTime {
  private final Map<String, Clock> clocks;

  private CpuTime(Map<String, Clock> clocks) {
    this.clocks = clocks;
  }

  private record Clock(boolean compiler, long nanos) {}

  /**
   * What was consumed between two readings.
   *
   * @param nanos of all threads
   * @param compilerNanos of those that the JVM compiles bytecode with; part of {@code nanos}
   */
  public record Spent(long nanos, long compilerNanos) {
    /** Together with what was consumed between two other readings. */
    public Spent plus(Spent other) {
      return new Spent(nanos + other.nanos, compilerNanos + other.compilerNanos);
    }

    /** The compilers' part of all, in [0, 1]. */
    public double compilerShare() {
      return nanos == 0 ? 0 : (double) compilerNanos / nanos;
    }
  }

  /** Reads the clocks of all threads of {@code pid}. */
  public static CpuTime of(long pid) {
    return read(Path.of("/proc", Long.toString(pid), "task"));
  }

  static CpuTime read(Path tasks) {
    Map<String, Clock> clocks = new HashMap<>();
    try (Stream<Path> threads = Files.list(tasks)) {
      for (Path thread : threads.toList()) {
        try {
          clocks.put(thread.getFileName().toString(), clock(thread));
        } catch (IOException ended) {
          // The thread ended after it was listed: its time is lost, as the class says.
        }
      }
    } catch (IOException e) {
      throw BenchFailure.broken("cannot list the threads in " + tasks + ": " + e.getMessage());
    }
    if (clocks.isEmpty()) {
      throw BenchFailure.broken(
          "no thread clocks in " + tasks + ": this benchmark needs Linux with schedstat");
    }
    return new CpuTime(clocks);
  }

  private static Clock clock(Path thread) throws IOException {
    String name = Files.readString(thread.resolve("comm"));
    String[] fields = Files.readString(thread.resolve("schedstat")).strip().split(" ");
    return new Clock(name.contains("CompilerThre"), Long.parseLong(fields[0]));
  }

  /** What was consumed since an earlier reading of the same process. */
  public Spent since(CpuTime earlier) {
    long all = 0;
    long compilers = 0;
    for (Map.Entry<String, Clock> thread : clocks.entrySet()) {
      Clock now = thread.getValue();
      Clock before = earlier.clocks.get(thread.getKey());
      long nanos = now.nanos() - (before == null ? 0 : before.nanos());
      all += nanos;
      compilers += now.compiler() ? nanos : 0;
    }
    return new Spent(all, compilers);
  }
}
