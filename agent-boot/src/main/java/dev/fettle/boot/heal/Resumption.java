package dev.fettle.boot.heal;

import org.jspecify.annotations.Nullable;

/**
 * How a failing frame goes on: values that woven code takes one after the other, and the number of
 * a place that it jumps to. Made for one failure; confined to its thread. Woven code also asks
 * where there is none, and then throws on, so that it needs no test of its own.
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

  /** Called by woven code; of none it is {@link #THROW}, as of what throws. */
  public static int target(@Nullable Resumption resumption) {
    return resumption == null ? THROW : resumption.target;
  }

  /** Called by woven code; null when a value is returned. */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /** Called by woven code; of none 0. */
  public static int nextInt(@Nullable Resumption resumption) {
    return resumption == null ? 0 : (int) resumption.next();
  }

  /** Called by woven code; of none 0. */
  public static long nextLong(@Nullable Resumption resumption) {
    return resumption == null ? 0 : (long) resumption.next();
  }

  /** Called by woven code; of none 0. */
  public static float nextFloat(@Nullable Resumption resumption) {
    return resumption == null ? 0 : (float) resumption.next();
  }

  /** Called by woven code; of none 0. */
  public static double nextDouble(@Nullable Resumption resumption) {
    return resumption == null ? 0 : (double) resumption.next();
  }

  /** Called by woven code; of none null. */
  public static @Nullable Object nextReference(@Nullable Resumption resumption) {
    return resumption == null ? null : resumption.values[resumption.at++];
  }

  /** What a method returns that is only left; null for none. */
  @Nullable Object result() {
    return values.length == 0 ? null : values[0];
  }

  private Object next() {
    Object value = values[at++];
    if (value == null) {
      throw new IllegalStateException("no value " + at + " of a resumption");
    }
    return value;
  }
}
