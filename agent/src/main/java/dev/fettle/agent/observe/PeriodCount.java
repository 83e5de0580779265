package dev.fettle.agent.observe;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens within the same period of a monotonic clock, from 0 in each. Lock-free; two
 * words of memory.
 */
public final class PeriodCount {
  /** Nanoseconds. */
  public static final long SECOND = 1_000_000_000L;

  private static final long COUNT = 0xffff_ffffL;

  // the period in the upper half, its count in the lower
  private final AtomicLong state = new AtomicLong();

  /**
   * Counts one more.
   *
   * @param nanos now
   * @param length of a period in nanoseconds, the same each time
   * @return how many this period has, from 1
   */
  public long next(long nanos, long length) {
    long period = (nanos / length) & 0x7fff_ffffL;
    long now = state.updateAndGet(old -> (old >>> 32) == period ? old + 1 : (period << 32) | 1);
    return now & COUNT;
  }
}
