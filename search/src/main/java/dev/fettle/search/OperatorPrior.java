package dev.fettle.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How often operators repair real bugs. Read from lines {@code operator share}; what is not listed
 * has the share of its family, the name up to the first dot, or else of {@code *}. Immutable.
 */
public final class OperatorPrior {
  private static final double LEAST = 1e-5;

  private final Map<String, Double> costs;
  private final Map<String, Double> shares;

  private OperatorPrior(Map<String, Double> shares) {
    this.shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    Map<String, Double> costs = new HashMap<>();
    shares.forEach((operator, share) -> costs.put(operator, -Math.log(Math.max(LEAST, share))));
    this.costs = costs;
  }

  /** The one that comes with Fettle; docs/search.md names the command that trained it. */
  public static OperatorPrior bundled() {
    return resource("operators.prior");
  }

  /**
   * The same for large code: slips of the hand are rarer there, missing cases and conditions more
   * frequent. The factors are those of {@code libraries.prior}.
   */
  public static OperatorPrior ofLibraries() {
    OperatorPrior factors = resource("libraries.prior");
    Map<String, Double> moved = new LinkedHashMap<>();
    bundled()
        .shares
        .forEach((operator, share) -> moved.put(operator, share * factors.factor(operator)));
    return new OperatorPrior(moved);
  }

  /** Its own, that of its family, or else 1. */
  private double factor(String operator) {
    Double own = shares.get(operator);
    int dot = operator.indexOf('.');
    Double family = shares.get(dot < 0 ? operator : operator.substring(0, dot));
    return own != null ? own : family != null ? family : 1;
  }

  private static OperatorPrior resource(String name) {
    try (InputStream in = OperatorPrior.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines; {@code #} begins a comment.
   *
   * @throws IllegalArgumentException for a line that is not a name and a positive number
   */
  public static OperatorPrior parse(String text) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String bare = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
      if (bare.isBlank()) {
        continue;
      }
      String[] words = bare.strip().split("\\s+");
      double share;
      try {
        share = words.length == 2 ? Double.parseDouble(words[1]) : -1;
      } catch (NumberFormatException e) {
        share = -1;
      }
      if (!(share > 0)) {
        throw new IllegalArgumentException("wanted an operator and a positive share: " + line);
      }
      shares.put(words[0], share);
    }
    return new OperatorPrior(shares);
  }

  /**
   * This one moved towards what was seen: each share becomes the mean of its own and the seen one,
   * weighed by {@code strength} and by how much was seen.
   *
   * @param seen repairs by operator, not negative; operators without a share of their own are left
   *     out
   * @param strength how many repairs this prior is worth, positive
   */
  public OperatorPrior learned(Map<String, Double> seen, double strength) {
    if (!(strength > 0)) {
      throw new IllegalArgumentException("strength must be positive: " + strength);
    }
    double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    double total =
        seen.entrySet().stream()
            .filter(e -> shares.containsKey(e.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    Map<String, Double> moved = new LinkedHashMap<>();
    shares.forEach(
        (operator, share) ->
            moved.put(
                operator,
                operator.equals("*")
                    ? share
                    : (seen.getOrDefault(operator, 0.0) * all + strength * share)
                        / (total + strength)));
    return new OperatorPrior(moved);
  }

  /** As {@link #parse} reads it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    shares.forEach(
        (operator, share) ->
            text.append(String.format(Locale.ROOT, "%-24s %.5f\n", operator, share)));
    return text.toString();
  }

  /** The negative logarithm of its share. */
  double cost(String operator) {
    Double own = costs.get(operator);
    if (own == null) {
      int dot = operator.indexOf('.');
      own = costs.get(dot < 0 ? operator : operator.substring(0, dot));
    }
    if (own == null) {
      own = costs.get("*");
    }
    return own == null ? -Math.log(LEAST) : own;
  }
}
