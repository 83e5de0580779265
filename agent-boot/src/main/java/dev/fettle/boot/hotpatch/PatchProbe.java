package dev.fettle.boot.hotpatch;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what patched methods do, one slot per patch. Called by patched code on the host's threads:
 * no locks, nothing thrown, nothing kept alive.
 */
public final class PatchProbe {
  private static final int CLASSES = 64;

  // patched code has no other way to find its counters; slots are few and live as long as the JVM
  private static volatile Tally[] tallies = new Tally[0];

  private PatchProbe() {}

  private static final class Tally {
    final AtomicLong calls = new AtomicLong();
    final AtomicLong thrown = new AtomicLong();
    final Set<String> classes = ConcurrentHashMap.newKeySet();
    volatile int last;
  }

  /** A new slot, with zero counts. */
  public static synchronized int open() {
    Tally[] more = Arrays.copyOf(tallies, tallies.length + 1);
    more[tallies.length] = new Tally();
    tallies = more;
    return more.length - 1;
  }

  /** A patched method was called. */
  public static void entered(int slot) {
    tallies[slot].calls.incrementAndGet();
  }

  /**
   * A throwable is about to leave a patched method. One that leaves several of them in a row counts
   * once.
   */
  public static void left(Throwable thrown, int slot) {
    Tally tally = tallies[slot];
    int identity = System.identityHashCode(thrown);
    if (tally.last != identity) {
      tally.last = identity;
      tally.thrown.incrementAndGet();
      // an exhausted stack or heap bears no more work than a number
      if (!(thrown instanceof VirtualMachineError) && tally.classes.size() < CLASSES) {
        tally.classes.add(thrown.getClass().getName());
      }
    }
  }

  /** Calls of the slot's methods so far. */
  public static long calls(int slot) {
    return tallies[slot].calls.get();
  }

  /** Throwables that left the slot's methods so far. */
  public static long thrown(int slot) {
    return tallies[slot].thrown.get();
  }

  /** Their class names, at most 64. */
  public static Set<String> classes(int slot) {
    return Set.copyOf(tallies[slot].classes);
  }
}
