package dev.fettle.bench.overhead;

import dev.fettle.bench.host.CpuTime;
import dev.fettle.bench.statistics.Sample;
import java.util.Arrays;

/**
 * What one service consumed while it answered the requests of its turns of a pair.
 *
 * @param cpu of all its threads
 * @param allocatedBytes of its Java threads
 * @param p99Nanos of the latencies
 */
record Slice(int requests, CpuTime.Spent cpu, long allocatedBytes, double p99Nanos) {
  Slice {
    if (requests < 1
        || cpu.nanos() <= cpu.compilerNanos()
        || allocatedBytes <= 0
        || !(p99Nanos > 0)) {
      throw new IllegalArgumentException(
          "nothing was measured: "
              + requests
              + " requests, "
              + cpu.nanos()
              + " ns, "
              + allocatedBytes
              + " bytes");
    }
  }

  static Slice of(long[] latencies, CpuTime.Spent cpu, long allocatedBytes) {
    return new Slice(
        latencies.length,
        cpu,
        allocatedBytes,
        Sample.of(Arrays.stream(latencies).asDoubleStream().toArray()).quantile(0.99));
  }

  /** Without the time for compiling bytecode, which fades away as a service grows warm. */
  double cpuMicrosPerRequest() {
    return (cpu.nanos() - cpu.compilerNanos()) / 1e3 / requests;
  }

  double cpuWithCompilersMicrosPerRequest() {
    return cpu.nanos() / 1e3 / requests;
  }

  double bytesPerRequest() {
    return (double) allocatedBytes / requests;
  }

  double p99Millis() {
    return p99Nanos / 1e6;
  }
}
