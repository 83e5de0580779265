package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.HealOrder;

/** What the server wants done at a place. Thread-safe. */
sealed interface Prescribed extends Treatment permits Placed, PreferredRemedy {
  HealOrder order();

  /** How far healing must be allowed to go for it. */
  HealMode needs();

  /** From now on it is not used. */
  void withdraw();
}
