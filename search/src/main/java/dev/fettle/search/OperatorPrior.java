package dev.fettle.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * How often operators repair real bugs. Read from lines {@code operator share}; what is not listed
 * has the share of its family, the name up to the first dot, or else of {@code *}. Immutable.
 */
public final class OperatorPrior {
  private static final double LEAST = 1e-5;

  private final Map<String, Double> costs;

  private OperatorPrior(Map<String, Double> costs) {
    this.costs = costs;
  }

  /** The one that comes with Fettle; docs/search.md names the command that trained it. */
  public static OperatorPrior bundled() {
    try (InputStream in = OperatorPrior.class.getResourceAsStream("operators.prior")) {
      if (in == null) {
        throw new IllegalStateException("operators.prior is missing from the jar");
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
    Map<String, Double> costs = new HashMap<>();
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
      costs.put(words[0], -Math.log(Math.max(LEAST, share)));
    }
    return new OperatorPrior(costs);
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
