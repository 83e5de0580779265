package dev.fettle.agent.heal.engine;

import dev.fettle.agent.observe.PeriodCount;

/**
 * Heals allowed per minute of the monotonic clock. When one is used up the next minute gets none
 * either, so that a loop of heals ends. Lock-free.
 */
final class Budget {
  private static final long MINUTE = 60_000_000_000L;

  private final PeriodCount used = new PeriodCount();
  private volatile long closedUntil;

  /** Takes one of {@code limit}. */
  boolean take(long nanos, int limit) {
    long minute = (nanos / MINUTE) & 0x7fff_ffffL;
    if (minute < closedUntil) {
      return false;
    }
    if (used.next(nanos, MINUTE) > limit) {
      closedUntil = minute + 2;
      return false;
    }
    return true;
  }
}
