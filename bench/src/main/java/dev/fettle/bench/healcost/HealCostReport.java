package dev.fettle.bench.healcost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, nanoseconds per piece of work.
 *
 * @param installed what the healable side had
 * @param forks of each side
 * @param plain without the agent
 * @param healable with every class healable; failures are healed there, caught in the other
 */
public record HealCostReport(
    Installed installed, int forks, Map<String, Double> plain, Map<String, Double> healable) {
  public HealCostReport {
    plain = Map.copyOf(plain);
    healable = Map.copyOf(healable);
    if (!plain.keySet().equals(healable.keySet()) || plain.isEmpty()) {
      throw new IllegalArgumentException(plain.keySet() + " and " + healable.keySet());
    }
  }

  /**
   * A figure that something is asked of.
   *
   * @param wanted the measured one is at most this
   */
  record Row(String figure, double measured, double wanted) {
    boolean met() {
      return measured <= wanted;
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("figure", figure);
      json.put("measured", measured);
      json.put("wanted", wanted);
      json.put("met", met());
      return json;
    }
  }

  /** Every figure that was measured, with its target. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Map<String, Double> micro = ratios("micro.");
    if (!micro.isEmpty()) {
      rows.add(new Row("work that does not fail, median ratio", median(micro), 1.02));
      double worst = micro.values().stream().mapToDouble(d -> d).max().orElseThrow();
      rows.add(
          new Row("work that does not fail, worst ratio", worst, installed.heals() ? 1.05 : 1.02));
    }
    ratios("library.")
        .forEach(
            (name, ratio) ->
                rows.add(new Row(name + " ratio", ratio, installed.mostOfLibraries())));
    ratios("anticipated.traced")
        .forEach((name, ratio) -> rows.add(new Row("expected, with a trace, ratio", ratio, 1.05)));
    difference(rows, "expected, made beforehand, more ns", "anticipated.ready", 50);
    ratios("failure.")
        .forEach(
            (name, ratio) ->
                rows.add(
                    new Row(
                        "healed by thrown and caught, frames: "
                            + name.substring("failure.".length()),
                        ratio,
                        6)));
    difference(rows, "first decision, median ns", "decision.median", 5e6);
    difference(rows, "class loaded cold, more ns", "load.cold", 1e6);
    difference(rows, "class loaded warm, more ns", "load.warm", 0.2e6);
    return rows;
  }

  private void difference(List<Row> rows, String figure, String name, double wanted) {
    Double with = healable.get(name);
    Double without = plain.get(name);
    if (with != null && without != null) {
      rows.add(new Row(figure, with - without, wanted));
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

  private static double median(Map<String, Double> ratios) {
    List<Double> sorted = ratios.values().stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** For {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("installed", installed.word());
    json.put("forks", forks);
    json.put("rows", rows().stream().map(Row::json).toList());
    json.put("plainNanos", new TreeMap<>(plain));
    json.put("healableNanos", new TreeMap<>(healable));
    return json;
  }

  /** For people: two Markdown tables. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| figure | measured | at most | |");
    lines.add("|---|---|---|---|");
    for (Row row : rows()) {
      lines.add(
          String.format(
              Locale.ROOT,
              row.wanted() < 100 ? "| %s | %.3f | %.2f | %s |" : "| %s | %.0f | %.0f | %s |",
              row.figure(),
              row.measured(),
              row.wanted(),
              row.met() ? "met" : "NOT met"));
    }
    lines.add("");
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
    return lines;
  }
}
