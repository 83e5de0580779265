package dev.fettle.bench.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the agent heals in a run.
 *
 * @param healer {@code none}, {@code retry}, {@code steamroller} or {@code typed}
 * @param threshold least confidence that acts, 0 to 1; null for the one that the agent ships with
 * @param force the remedy to apply wherever it can be; null for the chooser's choice
 * @param prior the chooser's prior; null for the one that the agent ships with
 */
record HealerSetting(
    String healer, @Nullable Double threshold, @Nullable String force, @Nullable Path prior) {

  static final List<String> HEALERS = List.of("none", "retry", "steamroller", "typed");

  /** A port that nobody listens on: what a server of this machine knows must not matter. */
  private static final String NO_SERVER = "http://127.0.0.1:9";

  static HealerSetting baseline(String healer) {
    return new HealerSetting(healer, null, null, null);
  }

  HealerSetting forcing(String remedy) {
    return new HealerSetting(healer, 0.0, remedy, prior);
  }

  HealerSetting with(@Nullable Path learnedPrior) {
    return new HealerSetting(healer, threshold, force, learnedPrior);
  }

  /** The rung of autonomy that the agent works on. */
  String rung() {
    return healer.equals("none") ? "observe" : "typed";
  }

  /**
   * The agent's options as system properties.
   *
   * @param state directory of what it learned
   * @param frozen whether it may learn
   * @param journal takes a line per decision; {@link #applied} beside it a line per heal
   */
  List<String> properties(Path state, boolean frozen, Path journal) {
    List<String> properties = new ArrayList<>();
    properties.add("-Dfettle.state=" + state);
    properties.add("-Dfettle.server=" + NO_SERVER);
    properties.add("-Dfettle.heal=" + rung());
    if (!healer.equals("none")) {
      properties.add("-Dfettle.heal-install=eager");
      properties.add("-Dfettle.heal.exclude=Main");
      properties.add("-Dfettle.heal.warm-up=wait");
      properties.add("-Dfettle.heal.healer=" + healer);
      properties.add("-Dfettle.heal.journal=" + journal);
      properties.add("-Dfettle.heal.applied=" + applied(journal));
      properties.add("-Dfettle.heal.frozen=" + frozen);
      if (threshold != null) {
        properties.add("-Dfettle.heal.threshold=" + threshold);
      }
      if (force != null) {
        properties.add("-Dfettle.heal.force=" + force);
      }
      if (prior != null) {
        properties.add("-Dfettle.heal.prior=" + prior);
      }
    }
    return properties;
  }

  /** The file of heals beside a journal. */
  static Path applied(Path journal) {
    return journal.resolveSibling("applied.tsv");
  }
}
