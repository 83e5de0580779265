package dev.fettle.bench.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Counts outcomes as docs/benchmarks.md describes.
 *
 * @param timed whether times are told; without them a replay gives the same bytes every time
 */
record Scores(List<Outcome> outcomes, Duration budget, boolean timed) {
  Scores {
    outcomes = List.copyOf(outcomes);
  }

  Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("items", outcomes.size());
    all.put("plausible", count(Outcome::plausible));
    all.put("correct", count(Outcome::correct));
    all.put("correctInTop5", count(o -> o.rank() > 0));
    all.put("sameAsReference", count(Outcome::sameAsReference));
    all.put("correctAndSame", count(o -> o.correct() && o.sameAsReference()));
    if (timed) {
      all.put("medianFirstMs", medianFirstMs());
      long cpu = outcomes.stream().mapToLong(Outcome::cpuNanos).sum();
      long tried = outcomes.stream().mapToLong(Outcome::tried).sum();
      all.put("candidatesPerCpuSecond", cpu == 0 ? 0 : Math.round(tried * 1e9 / cpu));
    }
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (String kind : List.of("wrong", "raise", "timeout")) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("all", group(o -> o.item().kind().equals(kind)));
      both.put("singleBug", group(o -> o.item().kind().equals(kind) && o.item().bugs() == 1));
      kinds.put(kind, both);
    }
    all.put("perKind", kinds);
    all.put("perProblem", groups(o -> o.item().problem()));
    all.put("perBugClass", groups(o -> o.item().bugClass()));
    all.put("perItem", outcomes.stream().map(this::item).toList());
    return all;
  }

  private long count(Predicate<Outcome> of) {
    return outcomes.stream().filter(of).count();
  }

  private long medianFirstMs() {
    List<Long> times = new ArrayList<>();
    for (Outcome o : outcomes) {
      times.add(o.firstMs() < 0 ? budget.toMillis() : o.firstMs());
    }
    times.sort(Long::compare);
    int n = times.size();
    return n == 0 ? 0 : (times.get((n - 1) / 2) + times.get(n / 2)) / 2;
  }

  private Map<String, Object> group(Predicate<Outcome> of) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("items", count(of));
    group.put("plausible", count(of.and(Outcome::plausible)));
    group.put("correct", count(of.and(Outcome::correct)));
    return group;
  }

  private Map<String, Object> groups(Function<Outcome, String> by) {
    Map<String, Object> groups = new TreeMap<>();
    outcomes.stream()
        .map(by)
        .distinct()
        .forEach(name -> groups.put(name, group(o -> by.apply(o).equals(name))));
    return groups;
  }

  private Map<String, Object> item(Outcome o) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", o.item().id());
    item.put("problem", o.item().problem());
    item.put("kind", o.item().kind());
    item.put("bugs", o.item().bugs());
    item.put("plausible", o.plausible());
    item.put("correct", o.correct());
    item.put("correctRank", o.rank());
    item.put("sameAsReference", o.sameAsReference());
    if (timed) {
      item.put("firstMs", o.firstMs());
      item.put("wallMs", o.wallMs());
      item.put("cpuMs", o.cpuNanos() / 1_000_000);
    }
    item.put("tried", o.tried());
    item.put("refused", o.refused());
    item.put("plausibleCandidates", o.plausibleCount());
    item.put("patches", o.patches());
    item.put("note", o.note());
    return item;
  }
}
