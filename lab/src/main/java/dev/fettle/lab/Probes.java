package dev.fettle.lab;

import java.util.Arrays;

/**
 * What instrumented code calls: the one mutable static of the laboratory, because a probe can reach
 * nothing else. Races lose nothing but a repeated write of the same flag.
 */
public final class Probes {
  private static volatile boolean[] entered = new boolean[1 << 12];

  private Probes() {}

  /** Called by every instrumented method at its entry. */
  public static void entered(int id) {
    boolean[] flags = entered;
    if (id >= flags.length) {
      flags = grow(id);
    }
    if (!flags[id]) {
      flags[id] = true;
    }
  }

  private static synchronized boolean[] grow(int id) {
    if (id >= entered.length) {
      entered = Arrays.copyOf(entered, Math.max(entered.length * 2, id + 1));
    }
    return entered;
  }

  /** The ids seen since the last call, ascending. */
  static synchronized int[] take() {
    boolean[] flags = entered;
    int[] ids = java.util.stream.IntStream.range(0, flags.length).filter(i -> flags[i]).toArray();
    Arrays.fill(flags, false);
    return ids;
  }
}
