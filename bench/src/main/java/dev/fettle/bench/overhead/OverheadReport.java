package dev.fettle.bench.overhead;

import dev.fettle.bench.statistics.Bootstrap;
import dev.fettle.bench.statistics.Interval;
import dev.fettle.bench.statistics.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an overhead run.
 *
 * @param cpu of all threads but the JVM's compilers; this is what must be below the threshold
 * @param cpuWithCompilers of all threads
 * @param startMs start-up with the agent minus without, median of the launches
 */
public record OverheadReport(
    Ratio cpu,
    Ratio cpuWithCompilers,
    Ratio allocation,
    Ratio p99,
    double startMs,
    Map<String, Map<String, Double>> perRequest,
    Map<String, Object> circumstances) {
  /** The overhead that is met when the upper bounds of CPU time and allocation lie below it. */
  static final double THRESHOLD = 1.02;

  private static final Bootstrap BOOTSTRAP = new Bootstrap(20260101L, 10_000);

  /**
   * With the agent divided by without.
   *
   * @param interval 95 % bootstrap interval of the median, launches drawn whole
   * @param smallest of any pair
   * @param largest of any pair
   */
  record Ratio(double median, Interval interval, double smallest, double largest) {
    static Ratio of(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
      Sample sample = Sample.of(pairs.stream(), figure);
      return new Ratio(
          sample.median(),
          BOOTSTRAP.ofMedianInGroups(launches(pairs, figure), 0.95),
          sample.quantile(1e-6),
          sample.quantile(1));
    }

    private static List<Sample> launches(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
      return pairs.stream().collect(Collectors.groupingBy(Pair::launch)).values().stream()
          .map(launch -> Sample.of(launch.stream(), figure))
          .toList();
    }

    double upper() {
      return interval.upper();
    }

    Map<String, Double> spread() {
      Map<String, Double> spread = new LinkedHashMap<>();
      spread.put("smallest", rounded(smallest));
      spread.put("lower95", rounded(interval.lower()));
      spread.put("upper95", rounded(interval.upper()));
      spread.put("largest", rounded(largest));
      return spread;
    }
  }

  static OverheadReport of(
      Plan plan, List<String> flags, String server, List<Pair> pairs, List<Double> startDeltas) {
    Map<String, Map<String, Double>> perRequest = new LinkedHashMap<>();
    perRequest.put("cpuMicros", medians(pairs, Slice::cpuMicrosPerRequest));
    perRequest.put(
        "cpuMicrosWithCompilers", medians(pairs, Slice::cpuWithCompilersMicrosPerRequest));
    perRequest.put("allocatedBytes", medians(pairs, Slice::bytesPerRequest));
    perRequest.put("p99Ms", medians(pairs, Slice::p99Millis));
    return new OverheadReport(
        Ratio.of(pairs, Pair::cpuRatio),
        Ratio.of(pairs, Pair::cpuWithCompilersRatio),
        Ratio.of(pairs, Pair::allocationRatio),
        Ratio.of(pairs, Pair::p99Ratio),
        Sample.of(startDeltas.stream(), Double::doubleValue).median(),
        perRequest,
        circumstances(plan, flags, server));
  }

  private static Map<String, Double> medians(List<Pair> pairs, ToDoubleFunction<Slice> figure) {
    Map<String, Double> both = new LinkedHashMap<>();
    both.put("with", rounded(Sample.of(pairs.stream().map(Pair::with), figure).median()));
    both.put("without", rounded(Sample.of(pairs.stream().map(Pair::without), figure).median()));
    return both;
  }

  private static Map<String, Object> circumstances(Plan plan, List<String> flags, String server) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("pairs", plan.pairs());
    all.put("launches", plan.launches());
    all.put("requestsPerSecond", plan.perSecond());
    all.put("sliceSeconds", plan.sliceSeconds());
    all.put("warmUpRequests", plan.warmUp());
    Path agent = plan.agentJar();
    String options = plan.agentOptions().isEmpty() ? "observe" : plan.agentOptions();
    all.put("agent", agent == null ? "none: the service against itself" : options);
    all.put("server", server);
    all.put("service", plan.serviceJar().getFileName().toString());
    all.put("flags", flags);
    all.putAll(Machine.read(plan.java()).facts());
    String version = OverheadReport.class.getPackage().getImplementationVersion();
    all.put("fettle", version == null ? "development" : version);
    return all;
  }

  /** Whether the agent costs less than {@link #THRESHOLD} with 95 % confidence. */
  boolean met() {
    return cpu.upper() < THRESHOLD && allocation.upper() < THRESHOLD;
  }

  /** The object that {@code --json} prints. */
  public Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("cpuRatio", rounded(cpu.median()));
    object.put("cpuUpper", rounded(cpu.upper()));
    object.put("allocRatio", rounded(allocation.median()));
    object.put("allocUpper", rounded(allocation.upper()));
    object.put("p99Ratio", rounded(p99.median()));
    object.put("startMs", Math.round(startMs));
    object.put("met", met());
    object.put("threshold", THRESHOLD);
    object.put("cpuSpread", cpu.spread());
    object.put("cpuWithCompilers", rounded(cpuWithCompilers.median()));
    object.put("cpuWithCompilersSpread", cpuWithCompilers.spread());
    object.put("allocSpread", allocation.spread());
    object.put("p99Spread", p99.spread());
    object.put("perRequest", perRequest);
    object.putAll(circumstances);
    return object;
  }

  /** Lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-24s%12s%12s%9s%20s%20s",
            "per request", "with", "without", "ratio", "95 % interval", "all pairs"));
    lines.add(line("CPU time, us", "cpuMicros", cpu));
    lines.add(line("  with compilers", "cpuMicrosWithCompilers", cpuWithCompilers));
    lines.add(line("allocated, bytes", "allocatedBytes", allocation));
    lines.add(line("latency p99, ms", "p99Ms", p99));
    lines.add(String.format("start-up: %+d ms", Math.round(startMs)));
    lines.add(
        String.format(
            "%s: the upper bounds of CPU time (%.4f) and allocation (%.4f) %s below %.2f",
            met() ? "met" : "NOT met",
            cpu.upper(),
            allocation.upper(),
            met() ? "lie" : "do not both lie",
            THRESHOLD));
    lines.add("");
    circumstances.forEach((name, value) -> lines.add(String.format("  %-20s%s", name, value)));
    return List.copyOf(lines);
  }

  private String line(String label, String figure, Ratio ratio) {
    return String.format(
        "%-24s%12.1f%12.1f%9.4f%20s%20s",
        label,
        absolute(figure, "with"),
        absolute(figure, "without"),
        ratio.median(),
        String.format("%.4f to %.4f", ratio.interval().lower(), ratio.interval().upper()),
        String.format("%.3f to %.3f", ratio.smallest(), ratio.largest()));
  }

  private double absolute(String figure, String side) {
    @Nullable Map<String, Double> sides = perRequest.get(figure);
    if (sides == null) {
      throw new IllegalArgumentException("no figure " + figure);
    }
    return sides.getOrDefault(side, Double.NaN);
  }

  private static double rounded(double figure) {
    return Math.round(figure * 1e4) / 1e4;
  }
}
