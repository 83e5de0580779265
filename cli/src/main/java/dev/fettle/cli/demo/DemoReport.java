package dev.fettle.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a demonstration.
 *
 * @param totalMs from the first request to the last confirmation
 */
record DemoReport(List<FaultOutcome> outcomes, long totalMs, String confinement) {
  DemoReport {
    outcomes = List.copyOf(outcomes);
  }

  /** The object that {@code --json} prints. */
  Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("faults", outcomes.size());
    object.put("captured", count(FaultOutcome::captured));
    object.put("reproduced", count(FaultOutcome::reproduced));
    object.put("patched", count(FaultOutcome::patched));
    object.put(
        "correct",
        outcomes.stream().allMatch(o -> o.correct() == null)
            ? null
            : count(o -> Boolean.TRUE.equals(o.correct())));
    object.put("hotPatched", count(FaultOutcome::hotPatched));
    object.put("detectionMs", percentiles(FaultOutcome::detectionMs));
    object.put("mttrMs", percentiles(FaultOutcome::mttrMs));
    object.put("confirmedMs", percentiles(FaultOutcome::confirmedMs));
    object.put("hotPatchMs", percentiles(FaultOutcome::hotPatchMs));
    object.put("diagnosisMs", percentiles(FaultOutcome::diagnosisMs));
    object.put("totalMs", totalMs);
    if (!confinement.equals("bubblewrap")) {
      object.put("confinement", confinement);
    }
    object.put("perFault", outcomes);
    return object;
  }

  long count(Predicate<FaultOutcome> predicate) {
    return outcomes.stream().filter(predicate).count();
  }

  Map<String, @Nullable Long> percentiles(Function<FaultOutcome, @Nullable Long> figure) {
    List<Long> sorted = outcomes.stream().map(figure).filter(Objects::nonNull).sorted().toList();
    Map<String, @Nullable Long> both = new LinkedHashMap<>();
    both.put("p50", percentile(sorted, 0.50));
    both.put("p95", percentile(sorted, 0.95));
    return both;
  }

  /** Nearest rank; null of nothing. */
  private static @Nullable Long percentile(List<Long> sorted, double share) {
    return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** The rows of the report's table, header first. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "FAULT",
            "EXCEPTION",
            "CAPTURED",
            "REPRODUCED",
            "PATCHED",
            "CORRECT",
            "LIVE",
            "HOT MS",
            "BRANCH MS",
            "INCIDENT",
            "NOTE"));
    for (FaultOutcome o : outcomes) {
      rows.add(
          List.of(
              o.id(),
              o.exception().substring(o.exception().lastIndexOf('.') + 1),
              mark(o.captured()),
              mark(o.reproduced()),
              mark(o.patched()),
              o.correct() == null ? "-" : mark(o.correct()),
              mark(o.hotPatched()),
              text(o.hotPatchMs()),
              text(o.mttrMs()),
              o.incident() == null ? "-" : o.incident(),
              o.note().length() > 70 ? o.note().substring(0, 69) + "…" : o.note()));
    }
    return rows;
  }

  /** Lines for people: how many of the faults got how far, and how fast. */
  List<String> summary() {
    String of = " of " + outcomes.size();
    List<String> lines = new ArrayList<>();
    lines.add("captured      " + count(FaultOutcome::captured) + of);
    lines.add("reproduced    " + count(FaultOutcome::reproduced) + of);
    lines.add(
        "patched       "
            + count(FaultOutcome::patched)
            + of
            + " (on a branch, confirmed by the project's own build)");
    boolean judged = outcomes.stream().anyMatch(o -> o.correct() != null);
    lines.add(
        "correct       "
            + (judged
                ? count(o -> Boolean.TRUE.equals(o.correct())) + of + " (hidden oracles)"
                : "not judged: the manifest has no oracles, or no branch came to them"));
    lines.add(
        "healed live   "
            + count(FaultOutcome::hotPatched)
            + of
            + " (hot patch, the same request answers as expected)");
    lines.add("detection     " + spoken(FaultOutcome::detectionMs, ""));
    lines.add("diagnosis     " + spoken(FaultOutcome::diagnosisMs, ""));
    lines.add("hot patch     " + spoken(FaultOutcome::hotPatchMs, " after the throw"));
    lines.add("branch        " + spoken(FaultOutcome::mttrMs, " after the throw"));
    lines.add("confirmed     " + spoken(FaultOutcome::confirmedMs, " after the throw"));
    lines.add("total         " + totalMs / 1000 + " s; project code ran in: " + confinement);
    return List.copyOf(lines);
  }

  /** {@code median 128 ms, 95 % within 340 ms}. */
  private String spoken(Function<FaultOutcome, @Nullable Long> figure, String since) {
    Map<String, @Nullable Long> both = percentiles(figure);
    Long median = both.get("p50");
    Long most = both.get("p95");
    return median == null || most == null
        ? "never happened"
        : "median " + duration(median) + since + ", 95 % within " + duration(most);
  }

  /** Milliseconds up to ten seconds, then seconds. */
  private static String duration(long ms) {
    return ms < 10_000 ? ms + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
  }

  private static String mark(boolean yes) {
    return yes ? "yes" : "no";
  }

  private static String text(@Nullable Long figure) {
    return figure == null ? "-" : figure.toString();
  }
}
