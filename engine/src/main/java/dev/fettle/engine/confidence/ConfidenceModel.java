package dev.fettle.engine.confidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Logistic regression over named features: the log-odds that a patch which passes all known tests
 * passes unknown ones too are the sum of a base and one contribution for each feature, nothing
 * else. Calibrated only on what docs/confidence.md names. Immutable.
 *
 * @param base log-odds of a patch whose features are all at their means
 * @param weights by feature
 */
public record ConfidenceModel(double base, Map<String, Weight> weights) {
  private static final String BASE = "base";

  /**
   * One feature's part.
   *
   * @param weight log-odds for each unit above the mean
   * @param mean over the training data
   */
  public record Weight(double weight, double mean) {}

  /**
   * What a feature adds for one patch.
   *
   * @param value of the feature
   * @param logOdds what it adds; negative speaks against the patch
   */
  public record Contribution(String feature, double value, double logOdds) {
    /** For people: {@code share 0.93: +0.41}. */
    public String display() {
      return String.format(Locale.ROOT, "%s %.2f: %+.2f", feature, value, logOdds);
    }
  }

  /**
   * A judgment with its reasons.
   *
   * @param probability in (0, 1): the logistic function of the base and the sum of contributions
   * @param contributions the largest first, of every feature of the model
   */
  public record Explained(double probability, double base, List<Contribution> contributions) {
    public Explained {
      contributions = List.copyOf(contributions);
    }
  }

  public ConfidenceModel {
    weights = Map.copyOf(weights);
  }

  /** The one that comes with Fettle; docs/confidence.md names the commands that made it. */
  public static ConfidenceModel bundled() {
    try (InputStream in = ConfidenceModel.class.getResourceAsStream("search.confidence")) {
      if (in == null) {
        throw new IllegalStateException("search.confidence is missing from the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines {@code base LOGODDS} and {@code WEIGHT MEAN FEATURE}; {@code #} begins a comment.
   *
   * @throws IllegalArgumentException for another line
   */
  public static ConfidenceModel parse(String text) {
    double base = 0;
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String bare = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
      if (bare.isBlank()) {
        continue;
      }
      String[] words = bare.strip().split("\\s+", 3);
      try {
        if (words.length == 2 && words[0].equals(BASE)) {
          base = finite(words[1]);
          continue;
        } else if (words.length == 3) {
          weights.put(words[2], new Weight(finite(words[0]), finite(words[1])));
          continue;
        }
      } catch (NumberFormatException e) {
        // Falls through to the message.
      }
      throw new IllegalArgumentException(
          "wanted \"base LOGODDS\" or \"WEIGHT MEAN FEATURE\": " + line);
    }
    return new ConfidenceModel(base, weights);
  }

  private static double finite(String number) {
    double value = Double.parseDouble(number);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(number);
    }
    return value;
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "base %.6f%n", base));
    weights.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%.6f %.6f %s%n",
                        e.getValue().weight(),
                        e.getValue().mean(),
                        e.getKey())));
    return text.toString();
  }

  /** Judges a patch; a feature that is not known counts as its mean: it adds nothing. */
  public Explained explain(Map<String, Double> features) {
    List<Contribution> contributions = new ArrayList<>();
    double logOdds = base;
    for (Map.Entry<String, Weight> entry : weights.entrySet()) {
      Weight weight = entry.getValue();
      double value = features.getOrDefault(entry.getKey(), weight.mean());
      double adds = weight.weight() * (value - weight.mean());
      contributions.add(new Contribution(entry.getKey(), value, adds));
    }
    contributions.sort(
        Comparator.comparingDouble((Contribution c) -> -Math.abs(c.logOdds()))
            .thenComparing(Contribution::feature));
    for (Contribution one : contributions) {
      logOdds += one.logOdds();
    }
    return new Explained(1 / (1 + Math.exp(-logOdds)), base, contributions);
  }
}
