package dev.fettle.sandbox;

import java.time.Duration;

/**
 * A point in time that a job must not pass; what it waits for others does not count. Monotonic.
 * Confined to the job's thread.
 */
final class Deadline {
  private long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** Moves it by what others took. */
  void waited(long nanos) {
    this.nanos += nanos;
  }
}
