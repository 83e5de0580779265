package dev.fettle.agent.heal.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Heals allowed per minute of the monotonic clock. When one is used up the next minute gets none
 * either, so that a loop of heals ends. Lock-free.
 */
final class Budget {
  private static final long MINUTE = 60_000_000_000L;

  // the minute in the upper half, what was used in the lower
  private final AtomicLong used = new AtomicLong();
  private volatile long closedUntil;

  /** Takes one of {@code limit}. */
  boolean take(long nanos, int limit) {
    long minute = (nanos / MINUTE) & 0x7fff_ffffL;
    if (minute < closedUntil) {
      return false;
    }
    long now = used.updateAndGet(old -> (old >>> 32) == minute ? old + 1 : (minute << 32) | 1);
    if ((now & 0xffff_ffffL) > limit) {
      closedUntil = minute + 2;
      return false;
    }
    return true;
  }
}
