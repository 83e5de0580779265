package dev.fettle.lab;

import java.util.Arrays;

/**
 * What instrumented code calls: the one mutable static of the laboratory, because a probe can reach
 * nothing else. Races lose nothing but a repeated write of the same flag.
 */
public final class Probes {
  /** Where a thing begins that outlives the test in which it happened to begin. */
  private static final String CONTEXT =
      "org.springframework.context.support.AbstractApplicationContext";

  private static volatile boolean[] entered = new boolean[1 << 12];
  private static volatile boolean[] lasting = new boolean[1 << 12];

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

  /**
   * The same, noting whether it was first entered on behalf of more than the running test: below a
   * static initializer or the start of an application context, which later tests find done.
   */
  public static void called(int id) {
    boolean[] flags = entered;
    if (id >= flags.length || !flags[id]) {
      entered(id);
      if (outlives()) {
        note(id);
      }
    }
  }

  private static boolean outlives() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    f ->
                        f.getMethodName().equals("<clinit>")
                            || f.getMethodName().equals("refresh")
                                && f.getClassName().equals(CONTEXT)));
  }

  private static synchronized void note(int id) {
    if (id >= lasting.length) {
      lasting = Arrays.copyOf(lasting, Math.max(lasting.length * 2, id + 1));
    }
    lasting[id] = true;
  }

  /** Of the ids seen since the last call, those that outlive their test, ascending. */
  static synchronized int[] takeLasting() {
    boolean[] flags = lasting;
    int[] ids = java.util.stream.IntStream.range(0, flags.length).filter(i -> flags[i]).toArray();
    Arrays.fill(flags, false);
    return ids;
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
