package dev.fettle.bench.overhead;

/** Two neighboring slices of the same load, one with and one without the agent. */
record Pair(Slice with, Slice without) {
  double cpuRatio() {
    return with.cpuMicrosPerRequest() / without.cpuMicrosPerRequest();
  }

  double compiledCpuRatio() {
    return with.compiledCpuMicrosPerRequest() / without.compiledCpuMicrosPerRequest();
  }

  double allocationRatio() {
    return with.bytesPerRequest() / without.bytesPerRequest();
  }

  double p99Ratio() {
    return with.p99Nanos() / without.p99Nanos();
  }
}
