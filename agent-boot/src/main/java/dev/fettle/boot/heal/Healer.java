package dev.fettle.boot.heal;

import org.jspecify.annotations.Nullable;

/**
 * Asked by woven code how a frame goes on, on the host's threads. What an implementation throws is
 * swallowed by {@link HealHook}, which then lets the program's throwable go on.
 */
public interface Healer {
  /** Before the agent is ready, and after it gave up. */
  Healer NONE = new Healer() {};

  /** Whether nothing is to be done, decided without looking at variables. */
  default boolean passes(HealPoint point, Throwable thrown, int region) {
    return true;
  }

  /**
   * Decides.
   *
   * @param region number of the failing region in its method
   * @param locals values of the variables that the group of regions sees, by slot order
   * @return null lets the throwable go on
   */
  default @Nullable Resumption heal(
      HealPoint point, Throwable thrown, int region, @Nullable Object[] locals) {
    return null;
  }

  /** One of the other methods threw this. */
  default void broke(Throwable own) {}
}
