package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import org.jspecify.annotations.Nullable;

/** A remedy fitted to a place: what does not depend on values was worked out. Thread-safe. */
@FunctionalInterface
interface Plan {
  /** What to do about this failure; null when the remedy cannot help this time. */
  @Nullable Action act(Failure failure);

  /** The same action at every failure. */
  static Plan always(Action action) {
    return failure -> action;
  }
}
