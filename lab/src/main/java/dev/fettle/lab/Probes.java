package dev.fettle.lab;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What instrumented code calls: the one mutable static of the laboratory, because a probe can reach
 * nothing else. Races lose nothing but a repeated write of the same flag.
 */
public final class Probes {
  /** Where a thing begins that outlives the test in which it happened to begin. */
  private static final String CONTEXT =
      "org.springframework.context.support.AbstractApplicationContext";

  /** In the place of {@link #entered}, too short for any probe, while code is to end. */
  private static final boolean[] ENDING = new boolean[0];

  private static volatile boolean[] entered = new boolean[1 << 12];

  /** What {@link #entered} was before; null unless code is to end. */
  private static boolean @Nullable [] kept;

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
    if (entered == ENDING) {
      throw new TookTooLong();
    }
    if (id >= entered.length) {
      entered = Arrays.copyOf(entered, Math.max(entered.length * 2, id + 1));
    }
    return entered;
  }

  /** From now on every thread that comes to a probe is thrown a {@link TookTooLong}. */
  static synchronized void end() {
    if (kept == null) {
      kept = entered;
      entered = ENDING;
    }
  }

  /** Takes {@link #end} back. */
  static synchronized void goOn() {
    boolean[] flags = kept;
    if (flags != null) {
      entered = flags;
      kept = null;
    }
  }

  /** The ids seen since the last call, ascending. */
  static synchronized int[] take() {
    boolean[] flags = kept == null ? entered : kept;
    int[] ids = java.util.stream.IntStream.range(0, flags.length).filter(i -> flags[i]).toArray();
    Arrays.fill(flags, false);
    return ids;
  }
}
