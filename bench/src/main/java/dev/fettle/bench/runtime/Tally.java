package dev.fettle.bench.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts of outcomes. */
record Tally(int items, int healed, int correct, int wrong, int fail) {
  static Tally of(List<Attempt> attempts) {
    return new Tally(
        attempts.size(),
        (int) attempts.stream().filter(Attempt::healed).count(),
        count(attempts, Outcome.CORRECT),
        count(attempts, Outcome.WRONG),
        count(attempts, Outcome.FAIL));
  }

  private static int count(List<Attempt> attempts, Outcome outcome) {
    return (int) attempts.stream().filter(a -> a.outcome() == outcome).count();
  }

  int proceed() {
    return correct + wrong;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("items", items);
    json.put("healed", healed);
    json.put("correct", correct);
    json.put("proceed", proceed());
    json.put("wrong", wrong);
    json.put("fail", fail);
    return json;
  }

  String line() {
    return String.format(
        "%d items: %d healed, %d CORRECT (%.1f %%), %d PROCEED (%.1f %%), %d WRONG, %d FAIL",
        items, healed, correct, percent(correct), proceed(), percent(proceed()), wrong, fail);
  }

  private double percent(int count) {
    return items == 0 ? 0 : 100.0 * count / items;
  }
}
