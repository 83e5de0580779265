package dev.fettle.bench.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Turns observations into the chooser's prior: how often a remedy led to the expected output, per
 * context. A problem counts once per context and remedy, however many programs solve it, because
 * programs of one problem fail alike; and all problems together count as at most {@value #MOST}
 * trial, because programs of one source fail alike too and other sources are what matters. The most
 * special contexts are left out, because too few programs share them, and so are the two most
 * general, which mix kinds of failures as this source happens to have them.
 */
final class PriorTraining {
  private static final double MOST = 1;

  /** So many contexts, the most general, are of several kinds of failures. */
  private static final int MIXED = 2;

  /** From here on, counted from the most general, contexts are of too few programs. */
  private static final int SPECIAL = 5;

  /** One problem counts as this part of a trial. */
  private static final double PART = 0.5;

  private final List<Observation> observations;

  PriorTraining(List<Observation> observations) {
    this.observations = List.copyOf(observations);
  }

  private record Key(String context, String remedy) {}

  private static final class Rate {
    private double good;
    private double tried;
  }

  /**
   * The lines of a prior: {@code context remedy successes trials}, sorted.
   *
   * @param problems those to learn from
   */
  List<String> prior(Predicate<String> problems) {
    Map<String, Map<Key, Rate>> perProblem = new LinkedHashMap<>();
    for (Observation each : observations) {
      if (problems.test(each.problem())) {
        int end = Math.min(SPECIAL, each.features().size());
        for (String context : each.features().subList(Math.min(MIXED, end), end)) {
          Rate rate =
              perProblem
                  .computeIfAbsent(each.problem(), p -> new LinkedHashMap<>())
                  .computeIfAbsent(new Key(context, each.remedy()), k -> new Rate());
          rate.tried++;
          rate.good += each.outcome() == Outcome.CORRECT ? 1 : 0;
        }
      }
    }
    Map<String, Rate> total = new TreeMap<>();
    perProblem
        .values()
        .forEach(
            rates ->
                rates.forEach(
                    (key, rate) -> {
                      Rate sum =
                          total.computeIfAbsent(
                              key.context() + " " + key.remedy(), k -> new Rate());
                      sum.tried++;
                      sum.good += rate.good / rate.tried;
                    }));
    List<String> lines = new ArrayList<>();
    total.forEach(
        (key, rate) -> {
          double weight = Math.min(PART, MOST / rate.tried);
          lines.add(
              String.format(
                  Locale.ROOT, "%s %.3f %.1f", key, rate.good * weight, rate.tried * weight));
        });
    return lines;
  }

  /** What it learned from, for people. */
  List<String> describe() {
    TreeSet<String> problems = new TreeSet<>();
    TreeSet<String> items = new TreeSet<>();
    for (Observation each : observations) {
      problems.add(each.problem());
      items.add(each.item());
    }
    return List.of(
        observations.size()
            + " observations of "
            + items.size()
            + " programs, "
            + problems.size()
            + " problems",
        "some single remedy made " + Observation.correctItems(observations) + " programs correct");
  }
}
