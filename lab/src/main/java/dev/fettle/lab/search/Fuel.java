package dev.fettle.lab.search;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What woven code calls: which candidate runs, how many steps it may still take and how much it may
 * still allocate. Static because woven code can reach nothing else. One candidate runs at a time;
 * races between threads that it starts only make the limits inexact.
 */
public final class Fuel {
  /** Elements that one candidate may allocate in arrays, texts and copied collections. */
  static final long ROOM = 20_000_000;

  /** The candidate that runs: dispatchers in compiled batches switch on it. */
  public static int candidate;

  private static long steps = Long.MAX_VALUE;
  private static long room = Long.MAX_VALUE;

  private Fuel() {}

  /** The limit was reached. Thrown again at every later step, so that no handler outlives it. */
  static final class Exhausted extends Error {
    private static final long serialVersionUID = 1;

    @SuppressWarnings(
        "StaticAssignmentOfThrowable") // has no trace, and is thrown millions of times
    private static final Exhausted INSTANCE = new Exhausted();

    private Exhausted() {
      super("limit reached", null, false, false);
    }
  }

  /** The code under test asked to end the JVM. */
  static final class Exit extends Error {
    private static final long serialVersionUID = 1;

    private Exit(int status) {
      super("exit " + status, null, false, false);
    }
  }

  static void fill(long limit) {
    steps = limit;
    room = ROOM;
  }

  static long left() {
    return steps;
  }

  /** Whether a limit was reached since the last filling. */
  static boolean exhausted() {
    return steps < 0;
  }

  /** At every method entry and backward jump. */
  public static void step() {
    if (--steps < 0) {
      throw Exhausted.INSTANCE;
    }
  }

  /** Before an array is allocated; negative lengths are left to the JVM. */
  public static int array(int length) {
    if (length > 64) {
      take(length);
    }
    return length;
  }

  /** After a text was built. */
  public static void text(@Nullable CharSequence text) {
    if (text != null && text.length() > 64) {
      take(text.length());
    }
  }

  /** Before a collection or map is copied into another. */
  public static void copied(@Nullable Object source) {
    if (source instanceof Collection<?> c) {
      take(c.size());
    } else if (source instanceof Map<?, ?> m) {
      take(m.size());
    }
  }

  private static void take(long amount) {
    room -= amount;
    if (room < 0) {
      steps = -1;
      throw Exhausted.INSTANCE;
    }
  }

  /** Instead of {@code System.exit}. */
  @SuppressWarnings("DoNotCallSuggester") // woven code calls it
  public static void exit(int status) {
    throw new Exit(status);
  }
}
