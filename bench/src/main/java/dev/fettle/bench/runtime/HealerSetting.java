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
 * @param snippets with what of snippets; null for none
 */
record HealerSetting(
    String healer,
    @Nullable Double threshold,
    @Nullable String force,
    @Nullable Path prior,
    @Nullable SnippetSetting snippets) {

  /**
   * Snippets and what they are asked for with.
   *
   * @param failures takes what failed, with the state; null for nowhere
   * @param orders signed ones, put in place before the program begins; null for none
   * @param key verifies them
   * @param rung {@code contained} or {@code full}
   */
  record SnippetSetting(@Nullable Path failures, @Nullable Path orders, Path key, String rung) {}

  HealerSetting(
      String healer, @Nullable Double threshold, @Nullable String force, @Nullable Path prior) {
    this(healer, threshold, force, prior, null);
  }

  static final List<String> HEALERS = List.of("none", "retry", "steamroller", "typed");

  /** A port that nobody listens on: what a server of this machine knows must not matter. */
  private static final String NO_SERVER = "http://127.0.0.1:9";

  static HealerSetting baseline(String healer) {
    return new HealerSetting(healer, null, null, null);
  }

  HealerSetting forcing(String remedy) {
    return new HealerSetting(healer, 0.0, remedy, prior, snippets);
  }

  HealerSetting with(@Nullable Path learnedPrior) {
    return new HealerSetting(healer, threshold, force, learnedPrior, snippets);
  }

  /** The same with snippets. */
  HealerSetting with(SnippetSetting other) {
    return new HealerSetting(healer, threshold, force, prior, other);
  }

  /** The rung of autonomy that the agent works on. */
  String rung() {
    if (snippets != null) {
      return snippets.rung();
    }
    return healer.equals("none") ? "observe" : "typed";
  }

  /**
   * The agent's options as system properties.
   *
   * @param harness the class that is neither instrumented nor healed
   * @param state directory of what it learned
   * @param frozen whether it may learn
   * @param journal takes a line per decision; {@link #applied} beside it a line per heal
   */
  List<String> properties(String harness, Path state, boolean frozen, Path journal) {
    List<String> properties = new ArrayList<>();
    properties.add("-Dfettle.state=" + state);
    properties.add("-Dfettle.server=" + NO_SERVER);
    properties.add("-Dfettle.heal=" + rung());
    if (!healer.equals("none")) {
      properties.add("-Dfettle.heal-install=eager");
      properties.add("-Dfettle.heal.exclude=" + harness);
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
      if (snippets != null) {
        properties.addAll(properties(snippets));
      }
    }
    return properties;
  }

  private static List<String> properties(SnippetSetting snippets) {
    List<String> properties = new ArrayList<>();
    properties.add("-Dfettle.heal.instance=" + SnippetForge.AGENT);
    properties.add("-Dfettle.heal.verify-key-file=" + snippets.key());
    if (snippets.failures() != null) {
      properties.add("-Dfettle.heal.failures=" + snippets.failures());
    }
    if (snippets.orders() != null) {
      properties.add("-Dfettle.heal.orders=" + snippets.orders());
    }
    return properties;
  }

  /** The file of heals beside a journal. */
  static Path applied(Path journal) {
    return journal.resolveSibling("applied.tsv");
  }
}
