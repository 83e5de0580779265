package dev.fettle.bench.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark found.
 *
 * @param attempts of the healer asked for, in the order of the data
 * @param ceiling items that some single remedy made correct; null unless every remedy was tried
 * @param threshold null for the one that the agent ships with
 * @param baselines outcomes of the healers to compare with
 * @param timed whether times are told; a replay tells none, so that it gives the same every time
 */
public record RuntimeReport(
    List<Attempt> attempts,
    @Nullable Integer ceiling,
    String healer,
    @Nullable Double threshold,
    String rung,
    Map<String, Tally> baselines,
    boolean timed) {

  public RuntimeReport {
    attempts = List.copyOf(attempts);
    baselines = Map.copyOf(baselines);
  }

  /** The one object of {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = Tally.of(attempts).json();
    json.put("generalizes", generalizes());
    json.put("ceiling", ceiling);
    Map<String, Object> mode = new LinkedHashMap<>();
    mode.put("healer", healer);
    mode.put("threshold", threshold == null ? "shipped" : threshold);
    mode.put("rung", rung);
    json.put("mode", mode);
    json.put("perCluster", grouped(a -> a.item().cluster()));
    json.put("perException", grouped(a -> a.item().exception()));
    Map<String, Object> others = new TreeMap<>();
    baselines.forEach((name, tally) -> others.put(name, tally.json()));
    json.put("baselines", others);
    if (timed) {
      json.put("decisionMs", decisionMs());
    }
    return json;
  }

  /** Of correct items whose extra tests were run, the share that pass them all; null for none. */
  private @Nullable Double generalizes() {
    List<Boolean> examined =
        attempts.stream().map(Attempt::generalizes).filter(Objects::nonNull).toList();
    long also = examined.stream().filter(passed -> passed).count();
    return examined.isEmpty() ? null : (double) also / examined.size();
  }

  private Map<String, Object> grouped(Function<Attempt, String> group) {
    Map<String, List<Attempt>> groups =
        attempts.stream().collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()));
    Map<String, Object> json = new TreeMap<>();
    groups.forEach((name, members) -> json.put(name, Tally.of(members).json()));
    return json;
  }

  /** Milliseconds of the first decision at a site, in cold JVMs: median, 95th percentile, worst. */
  private Map<String, Object> decisionMs() {
    List<Double> millis =
        attempts.stream()
            .flatMap(a -> a.applied().heals().stream())
            .filter(AppliedHeals.Heal::first)
            .map(heal -> heal.nanos() / 1e6)
            .sorted()
            .toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", millis.size());
    json.put("median", quantile(millis, 0.5));
    json.put("p95", quantile(millis, 0.95));
    json.put("max", quantile(millis, 1));
    return json;
  }

  private static @Nullable Double quantile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return null;
    }
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return Math.round(sorted.get(Math.max(0, at)) * 1000) / 1000.0;
  }

  /** The same for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String bar = threshold == null ? "the shipped threshold" : "threshold " + threshold;
    lines.add(healer + " (" + rung + ", " + bar + "): " + Tally.of(attempts).line());
    Double share = generalizes();
    if (share != null) {
      lines.add(String.format("of CORRECT, %.1f %% pass all extra tests", 100 * share));
    }
    if (ceiling != null) {
      lines.add("ceiling (best single remedy per item): " + ceiling + " CORRECT");
    }
    new TreeMap<>(baselines).forEach((name, tally) -> lines.add(name + ": " + tally.line()));
    grouped(a -> a.item().exception()).forEach((name, json) -> lines.add("  " + name + " " + json));
    if (timed) {
      lines.add("first decisions, ms: " + decisionMs());
    }
    return lines;
  }
}
