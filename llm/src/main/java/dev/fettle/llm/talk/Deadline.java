package dev.fettle.llm.talk;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point of monotonic time. Immutable.
 *
 * @param nanos monotonic time
 * @param end in nanoseconds of that time
 */
public record Deadline(LongSupplier nanos, long end) {
  /** So long from now. */
  public static Deadline after(Duration duration, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + duration.toNanos());
  }

  /** What is left; zero when it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
  }

  /** Whether nothing is left. */
  public boolean passed() {
    return left().isZero();
  }

  /** The earlier of this and so long from now. */
  public Deadline within(Duration duration) {
    Deadline other = after(duration, nanos);
    return other.end - end < 0 ? other : this;
  }
}
