package dev.fettle.agent.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by reason, at most some hundred reasons. Thread-safe. */
public final class Tally {
  private static final int REASONS = 200;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts one. */
  public void add(String reason) {
    String known = counts.size() < REASONS || counts.containsKey(reason) ? reason : "other";
    counts.computeIfAbsent(known, r -> new LongAdder()).increment();
  }

  /** Totals since the start. */
  public Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    counts.forEach((reason, count) -> totals.put(reason, count.sum()));
    return totals;
  }
}
