package dev.fettle.bench.healcost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, nanoseconds of CPU time per piece of work.
 *
 * @param forks of each side
 * @param plain without the agent
 * @param healable with every class healable; failures are healed there, caught in the other
 */
public record HealCostReport(int forks, Map<String, Double> plain, Map<String, Double> healable) {
  public HealCostReport {
    plain = Map.copyOf(plain);
    healable = Map.copyOf(healable);
    if (!plain.keySet().equals(healable.keySet()) || plain.isEmpty()) {
      throw new IllegalArgumentException(plain.keySet() + " and " + healable.keySet());
    }
  }

  /** Healable time by plain time, for work whose name begins so. */
  public Map<String, Double> ratios(String prefix) {
    Map<String, Double> ratios = new TreeMap<>();
    plain.forEach(
        (name, nanos) -> {
          if (name.startsWith(prefix)) {
            ratios.put(name, healable.getOrDefault(name, 0.0) / nanos);
          }
        });
    return ratios;
  }

  private double median() {
    List<Double> sorted = ratios("micro.").values().stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private double worst() {
    return ratios("micro.").values().stream().mapToDouble(d -> d).max().orElse(0);
  }

  /** For {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("forks", forks);
    json.put("microMedian", median());
    json.put("microWorst", worst());
    json.put("micro", ratios("micro."));
    json.put("anticipated", ratios("anticipated."));
    json.put("healedByCaught", ratios("failure."));
    json.put("libraries", ratios("library."));
    json.put("plainNanos", new TreeMap<>(plain));
    json.put("healableNanos", new TreeMap<>(healable));
    return json;
  }

  /** For people: a Markdown table. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| work | plain ns | healable ns | ratio |");
    lines.add("|---|---|---|---|");
    new TreeMap<>(plain)
        .forEach(
            (name, nanos) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f | %.2f |",
                        name,
                        nanos,
                        healable.getOrDefault(name, Double.NaN),
                        healable.getOrDefault(name, Double.NaN) / nanos)));
    lines.add(
        String.format(
            Locale.ROOT, "micro: median %.3f, worst %.3f, %d forks", median(), worst(), forks));
    return lines;
  }
}
