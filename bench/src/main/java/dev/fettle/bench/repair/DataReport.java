package dev.fettle.bench.repair;

import dev.fettle.bench.confidence.JudgedPatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs a data set and renders what came out. */
public final class DataReport {
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Duration budget;
  private final boolean timed;

  /**
   * @param timed whether times are told; a replay tells none, so that it gives the same every time
   */
  public DataReport(Duration budget, boolean timed) {
    this.budget = budget;
    this.timed = timed;
  }

  /** Repairs the items in order; progress goes to {@code progress}, a line each. */
  public void run(Repairer run, List<Item> items, PrintWriter progress) {
    for (Item item : items) {
      Outcome outcome = run.repair(item);
      outcomes.add(outcome);
      progress.printf(
          Locale.ROOT,
          "%d/%d %s %s bugs=%d %s rank=%d first=%dms cpu=%.1fs tried=%d refused=%d plausible=%d"
              + " %s%n",
          outcomes.size(),
          items.size(),
          item.id(),
          item.kind(),
          item.bugs(),
          outcome.correct() ? "CORRECT" : outcome.plausible() ? "plausible" : "none",
          outcome.rank(),
          outcome.firstMs(),
          outcome.cpuNanos() / 1e9,
          outcome.tried(),
          outcome.refused(),
          outcome.plausibleCount(),
          outcome.note());
      progress.flush();
    }
  }

  /** One line for each patch whose truth is known. */
  public List<String> records() {
    return outcomes.stream().flatMap(o -> o.judged().stream()).map(JudgedPatch::line).toList();
  }

  /** As one JSON object. */
  public Map<String, Object> json() {
    return new Scores(outcomes, budget, timed).json();
  }

  /** For people. */
  public String text() {
    Map<String, Object> all = json();
    StringBuilder text = new StringBuilder();
    for (String name :
        List.of(
            "items",
            "plausible",
            "correct",
            "correctInTop5",
            "sameAsReference",
            "correctAndSame",
            "medianFirstMs",
            "candidatesPerCpuSecond",
            "perKind")) {
      if (all.containsKey(name)) {
        text.append(name).append(": ").append(all.get(name)).append('\n');
      }
    }
    return text.toString();
  }
}
