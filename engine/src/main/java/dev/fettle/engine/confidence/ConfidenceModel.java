package dev.fettle.engine.confidence;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LogOdds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  /** Whose patches it was trained on. */
  private static final String LEARNED = "search/";

  /**
   * One feature's part.
   *
   * @param weight log-odds for each unit above the mean
   * @param mean over the training data
   */
  public record Weight(double weight, double mean) {}

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

  /**
   * Judges what was measured of a patch; empty where nothing was. For patches that the search took
   * up from others it says that the weights are carried over: nothing was learned of these.
   */
  public Optional<LogOdds> explain(Candidate candidate) {
    LogOdds.Basis basis =
        candidate.generator().startsWith(LEARNED)
            ? LogOdds.Basis.LEARNED
            : LogOdds.Basis.CARRIED_OVER;
    return candidate.features().isEmpty()
        ? Optional.empty()
        : Optional.of(explain(candidate.features(), basis));
  }

  /** Judges a patch; a feature that is not known counts as its mean: it adds nothing. */
  public LogOdds explain(Map<String, Double> features) {
    return explain(features, LogOdds.Basis.LEARNED);
  }

  private LogOdds explain(Map<String, Double> features, LogOdds.Basis basis) {
    List<LogOdds.Contribution> contributions = new ArrayList<>();
    for (Map.Entry<String, Weight> entry : weights.entrySet()) {
      Weight weight = entry.getValue();
      double value = features.getOrDefault(entry.getKey(), weight.mean());
      double adds = weight.weight() * (value - weight.mean());
      contributions.add(new LogOdds.Contribution(entry.getKey(), value, adds));
    }
    return new LogOdds(base, LogOdds.Contribution.largestFirst(contributions), basis);
  }
}
