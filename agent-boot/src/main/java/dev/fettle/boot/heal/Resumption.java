package dev.fettle.boot.heal;

import org.jspecify.annotations.Nullable;

/**
 * How a failing frame goes on: values that woven code takes one after the other, and the number of
 * a place that it jumps to. Made for one failure; confined to its thread.
 */
public final class Resumption {
  /** The number of no place: {@link #thrown} is thrown. */
  public static final int THROW = -1;

  private final int target;
  private final @Nullable Object[] values;
  private final @Nullable Throwable thrown;
  private int at;

  private Resumption(int target, @Nullable Object[] values, @Nullable Throwable thrown) {
    this.target = target;
    this.values = values;
    this.thrown = thrown;
  }

  /**
   * Goes on at a place.
   *
   * @param values in the order in which woven code takes them, each of the type that it takes
   */
  public static Resumption at(int target, @Nullable Object[] values) {
    return new Resumption(target, values, null);
  }

  /** Throws something else; {@code values} as in {@link #at}. */
  public static Resumption thrown(Throwable replacement, @Nullable Object[] values) {
    return new Resumption(THROW, values, replacement);
  }

  /** Called by woven code. */
  public int target() {
    return target;
  }

  /** Called by woven code. */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /** Called by woven code. */
  public int nextInt() {
    return (int) next();
  }

  /** Called by woven code. */
  public long nextLong() {
    return (long) next();
  }

  /** Called by woven code. */
  public float nextFloat() {
    return (float) next();
  }

  /** Called by woven code. */
  public double nextDouble() {
    return (double) next();
  }

  /** Called by woven code. */
  public @Nullable Object nextReference() {
    return values[at++];
  }

  private Object next() {
    Object value = values[at++];
    if (value == null) {
      throw new IllegalStateException("no value " + at + " of a resumption");
    }
    return value;
  }
}
