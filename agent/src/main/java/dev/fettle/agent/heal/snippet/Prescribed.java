package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.HealOrder;
import java.util.Locale;

/** What the server wants done at a place. Thread-safe. */
sealed interface Prescribed extends Treatment permits Placed, PreferredRemedy {
  HealOrder order();

  /** How far healing must be allowed to go for it. */
  HealMode needs();

  /** From now on it is not used. */
  void withdraw();

  /** The evidence for a confidence that a proposal came with. */
  static String given(double confidence) {
    return String.format(
        Locale.ROOT,
        "base log-odds %+.3f: a number that the proposal came with; nothing was counted for it",
        Math.log(confidence / (1 - confidence)));
  }
}
