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
   * How likely a remedy is right, in (0, 1).
   *
   * @param contexts from the most general to the most special
   * @param learned what this process adds
   */
  double confidence(List<String> contexts, String remedy, Experience learned) {
    return counted(contexts, remedy, learned).confidence();
  }

  /** The same with what it was counted from, as it is now. */
  Counted counted(List<String> contexts, String remedy, Experience learned) {
    Rate[] before = new Rate[contexts.size()];
    Rate[] here = new Rate[contexts.size()];
    double confidence = UNSEEN;
    for (int i = 0; i < before.length; i++) {
      String context = contexts.get(i);
      before[i] = rates.getOrDefault(context + " " + remedy, Rate.NONE);
      here[i] = learned.rate(context, remedy);
      confidence = pulled(before[i].plus(here[i]), confidence);
    }
    return new Counted(contexts, before, here, confidence);
  }

  private static double pulled(Rate rate, double general) {
    return (rate.good() + WEIGHT * general) / (rate.tried() + WEIGHT);
  }

  /** What was known of a remedy in some contexts when it was asked for. Immutable. */
  static final class Counted {
    private final List<String> contexts;
    private final Rate[] before;
    private final Rate[] here;
    private final double confidence;

    private Counted(List<String> contexts, Rate[] before, Rate[] here, double confidence) {
      this.contexts = contexts;
      this.before = before;
      this.here = here;
      this.confidence = confidence;
    }

    double confidence() {
      return confidence;
    }

    /**
     * A base, and one line for each context in which anything was seen, with what it adds. The
     * confidence is exactly the logistic function of their sum; contexts in which nothing was seen
     * add nothing.
     */
    List<String> evidence() {
      List<String> evidence = new ArrayList<>();
      evidence.add(
          String.format(
              Locale.ROOT,
              "base log-odds %+.3f: a remedy of which nothing is known",
              odds(UNSEEN)));
      double special = UNSEEN;
      for (int i = 0; i < before.length; i++) {
        double general = special;
        special = pulled(before[i].plus(here[i]), general);
        if (before[i].tried() + here[i].tried() > 0) {
          evidence.add(
              String.format(
                  Locale.ROOT,
                  "log-odds %+.3f: failures of kind %s: right in %.1f of %.1f known before, %.1f of"
                      + " %.1f here",
                  odds(special) - odds(general),
                  contexts.get(i),
                  before[i].good(),
                  before[i].tried(),
                  here[i].good(),
                  here[i].tried()));
        }
      }
      return evidence;
    }

    private static double odds(double probability) {
      return Math.log(probability / (1 - probability));
    }
  }
}
