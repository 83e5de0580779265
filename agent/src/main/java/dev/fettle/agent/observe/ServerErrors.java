package dev.fettle.agent.observe;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/** Responses with 5xx in each of the last 600 seconds. Lock-free; counts may be off by a few. */
public final class ServerErrors {
  private static final int SECONDS = 600;

  private final LongSupplier nanos;
  private final AtomicLongArray counts = new AtomicLongArray(SECONDS);
  private final AtomicLongArray seconds = new AtomicLongArray(SECONDS);

  public ServerErrors(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void add() {
    long second = nanos.getAsLong() / 1_000_000_000L;
    int slot = (int) Math.floorMod(second, (long) SECONDS);
    if (seconds.getAndSet(slot, second) != second) {
      counts.set(slot, 0);
    }
    counts.incrementAndGet(slot);
  }

  /** Those between two ages, in seconds before now; the younger bound is inclusive. */
  public long between(long youngest, long oldest) {
    long now = nanos.getAsLong() / 1_000_000_000L;
    long sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      long age = now - seconds.get(slot);
      if (age >= youngest && age < oldest) {
        sum += counts.get(slot);
      }
    }
    return sum;
  }
}
