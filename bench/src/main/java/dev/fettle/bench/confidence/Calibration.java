package dev.fettle.bench.confidence;

import dev.fettle.engine.confidence.ConfidenceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Predictions beside the truth.
 *
 * @param points predicted probability and whether it came true
 */
public record Calibration(List<Point> points) {
  private static final int BINS = 5;

  /**
   * A prediction.
   *
   * @param predicted in [0, 1]
   */
  public record Point(double predicted, boolean passes) {}

  /**
   * Predictions of one range.
   *
   * @param low inclusive
   * @param predicted their mean
   * @param observed the share that came true
   */
  public record Bin(double low, double high, int count, double predicted, double observed) {}

  public Calibration {
    points = List.copyOf(points);
  }

  /** Of a model on patches that it did not see. */
  static Calibration of(List<JudgedPatch> patches, ToDoubleFunction<JudgedPatch> predict) {
    return new Calibration(
        patches.stream().map(p -> new Point(predict.applyAsDouble(p), p.passes())).toList());
  }

  /**
   * Each patch is predicted by a model that saw no patch of its problem's fold.
   *
   * @param folds at least 2
   */
  static Calibration crossed(List<JudgedPatch> patches, Training training, int folds) {
    Map<String, Integer> fold = new LinkedHashMap<>();
    patches.stream()
        .map(JudgedPatch::problem)
        .distinct()
        .sorted()
        .forEach(p -> fold.put(p, fold.size() % folds));
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < folds; k++) {
      int left = k;
      List<JudgedPatch> others =
          patches.stream().filter(p -> fold.getOrDefault(p.problem(), 0) != left).toList();
      List<JudgedPatch> own =
          patches.stream().filter(p -> fold.getOrDefault(p.problem(), 0) == left).toList();
      if (!others.isEmpty() && !own.isEmpty()) {
        ConfidenceModel model = training.fit(others);
        points.addAll(of(own, p -> model.explain(p.features()).probability()).points());
      }
    }
    return new Calibration(points);
  }

  /** Mean squared error of the predictions (Brier 1950); 0 is best. */
  double brier() {
    return points.stream()
        .mapToDouble(p -> Math.pow(p.predicted() - (p.passes() ? 1 : 0), 2))
        .average()
        .orElse(0);
  }

  /** Brier score of saying the base rate every time. */
  double brierOfBaseRate() {
    double rate = rate();
    return rate * (1 - rate);
  }

  double rate() {
    return points.stream().mapToInt(p -> p.passes() ? 1 : 0).average().orElse(0);
  }

  /** Mean distance of predicted and observed, bins weighed by their counts (Naeini et al. 2015). */
  double expectedError() {
    return bins().stream()
            .mapToDouble(b -> b.count() * Math.abs(b.predicted() - b.observed()))
            .sum()
        / Math.max(1, points.size());
  }

  /** Chance that a right patch is predicted higher than a wrong one; 0.5 without both. */
  double areaUnderCurve() {
    double pairs = 0;
    double won = 0;
    for (Point right : points) {
      for (Point wrong : points) {
        if (right.passes() && !wrong.passes()) {
          pairs++;
          won += right.predicted() > wrong.predicted() ? 1 : 0;
          won += right.predicted() == wrong.predicted() ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? 0.5 : won / pairs;
  }

  /** Five equal ranges; empty ones left out. */
  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      double low = (double) i / BINS;
      double high = (double) (i + 1) / BINS;
      boolean last = i == BINS - 1;
      List<Point> inside =
          points.stream()
              .filter(p -> p.predicted() >= low && (last || p.predicted() < high))
              .toList();
      if (!inside.isEmpty()) {
        bins.add(
            new Bin(
                low,
                high,
                inside.size(),
                inside.stream().mapToDouble(Point::predicted).average().orElse(0),
                inside.stream().mapToInt(p -> p.passes() ? 1 : 0).average().orElse(0)));
      }
    }
    return bins;
  }

  /** As members of a JSON object. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("patches", points.size());
    json.put("passing", rounded(rate()));
    json.put("brier", rounded(brier()));
    json.put("brierOfBaseRate", rounded(brierOfBaseRate()));
    json.put("expectedCalibrationError", rounded(expectedError()));
    json.put("areaUnderCurve", rounded(areaUnderCurve()));
    List<Map<String, Object>> bins = new ArrayList<>();
    for (Bin bin : bins()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("from", bin.low());
      one.put("to", bin.high());
      one.put("patches", bin.count());
      one.put("predicted", rounded(bin.predicted()));
      one.put("observed", rounded(bin.observed()));
      bins.add(one);
    }
    json.put("bins", bins);
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    json().forEach((k, v) -> text.append(k.equals("bins") ? "" : k + ": " + v + "\n"));
    text.append("predicted    patches  mean   observed\n");
    for (Bin bin : bins()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%.1f to %.1f  %7d  %.3f  %.3f%n",
              bin.low(),
              bin.high(),
              bin.count(),
              bin.predicted(),
              bin.observed()));
    }
    return text.toString();
  }
}
