package dev.fettle.agent.heal.remedy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How often each remedy was right, per context. A line is {@code context remedy successes trials};
 * {@code #} starts a comment. Immutable.
 *
 * <p>The rate in a special context is pulled towards that of the more general one as if that had
 * been seen {@value #WEIGHT} times (hierarchical Beta-binomial smoothing), so that few programs
 * decide little.
 */
final class Prior {
  private static final String JUDGEMENT = "judgement.txt";
  private static final String MEASURED = "prior.txt";
  private static final double WEIGHT = 3;

  /** Of a remedy that was never seen. */
  private static final double UNSEEN = 0.1;

  private static final int LARGEST_LINE = 200;

  /** Successes among trials; both may be fractions. */
  record Rate(double good, double tried) {
    static final Rate NONE = new Rate(0, 0);

    Rate plus(Rate other) {
      return new Rate(good + other.good, tried + other.tried);
    }

    boolean isSound() {
      return good >= 0 && tried >= good && tried < 1e6;
    }
  }

  private final Map<String, Rate> rates;

  private Prior(Map<String, Rate> rates) {
    this.rates = Map.copyOf(rates);
  }

  /** The one in this jar: judgement and what was measured. */
  static Prior shipped(Consumer<String> problems) {
    return withMeasured(resource(MEASURED, problems), problems);
  }

  /** Other measurements with this jar's judgement. */
  static Prior withMeasured(List<String> measured, Consumer<String> problems) {
    List<String> lines = new ArrayList<>(resource(JUDGEMENT, problems));
    lines.addAll(measured);
    return parse(lines, problems);
  }

  private static List<String> resource(String name, Consumer<String> problems) {
    try (InputStream in = Prior.class.getResourceAsStream(name)) {
      if (in == null) {
        problems.accept(name + " of the remedies is missing; all are thought alike");
        return List.of();
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      problems.accept("cannot read " + name + " of the remedies: " + e);
      return List.of();
    }
  }

  /** Lines that are not understood are named and left out. Rates of equal keys add up. */
  static Prior parse(List<String> lines, Consumer<String> problems) {
    Map<String, Rate> rates = new HashMap<>();
    int number = 0;
    for (String line : lines) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] parts = text.split("\\s+");
      Rate rate = parts.length == 4 && line.length() <= LARGEST_LINE ? rate(parts) : null;
      if (rate == null) {
        problems.accept(
            "prior of remedies, line " + number + ": expected context remedy successes trials");
      } else {
        rates.merge(parts[0] + " " + parts[1], rate, Rate::plus);
      }
    }
    return new Prior(rates);
  }

  private static @Nullable Rate rate(String[] parts) {
    try {
      Rate rate = new Rate(Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
      return rate.isSound() ? rate : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * How likely a remedy is right, in [0, 1].
   *
   * @param contexts from the most general to the most special
   * @param learned what this process adds
   */
  double confidence(List<String> contexts, String remedy, Experience learned) {
    double confidence = UNSEEN;
    for (String context : contexts) {
      Rate rate =
          rates.getOrDefault(context + " " + remedy, Rate.NONE).plus(learned.rate(context, remedy));
      confidence = (rate.good() + WEIGHT * confidence) / (rate.tried() + WEIGHT);
    }
    return confidence;
  }

  /** What {@link #confidence} counted, one line for each context in which anything was seen. */
  List<String> evidence(List<String> contexts, String remedy, Experience learned) {
    List<String> evidence = new ArrayList<>();
    for (String context : contexts) {
      Rate measured = rates.getOrDefault(context + " " + remedy, Rate.NONE);
      Rate here = learned.rate(context, remedy);
      if (measured.tried() + here.tried() > 0) {
        evidence.add(
            String.format(
                Locale.ROOT,
                "failures of kind %s: right in %.1f of %.1f known before, %.1f of %.1f here",
                context,
                measured.good(),
                measured.tried(),
                here.good(),
                here.tried()));
      }
    }
    return evidence;
  }
}
