package dev.fettle.bench.overhead;

/**
 * The same load on both services, in short turns ABBA.
 *
 * @param launch in which both services lived; pairs of one launch share what its compilers did
 */
record Pair(int launch, Slice with, Slice without) {
  double cpuRatio() {
    return with.cpuMicrosPerRequest() / without.cpuMicrosPerRequest();
  }

  double cpuWithCompilersRatio() {
    return with.cpuWithCompilersMicrosPerRequest() / without.cpuWithCompilersMicrosPerRequest();
  }

  double allocationRatio() {
    return with.bytesPerRequest() / without.bytesPerRequest();
  }

  double p99Ratio() {
    return with.p99Nanos() / without.p99Nanos();
  }
}
