package dev.fettle.llm.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Leaves a server alone after failures in a row, or as long as it asked. After the rest one
 * question is let through; its end decides. Guarded by itself.
 */
final class Breaker {
  static final int FAILURES = 5;
  static final Duration REST = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private int failures;
  private long restUntil;
  private boolean resting;

  Breaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** How long nothing may be sent; empty when a question may go out. */
  synchronized Optional<Duration> rest() {
    long left = restUntil - nanos.getAsLong();
    if (!resting || left <= 0) {
      resting = false;
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(left));
  }

  synchronized void succeeded() {
    failures = 0;
  }

  synchronized void failed() {
    if (++failures >= FAILURES) {
      rest(REST);
      failures = FAILURES - 1; // the first question after the rest decides alone
    }
  }

  /** The server named a time. */
  synchronized void asked(Duration wait) {
    rest(wait);
  }

  private void rest(Duration wait) {
    long until = nanos.getAsLong() + wait.toNanos();
    if (!resting || until - restUntil > 0) {
      restUntil = until;
    }
    resting = true;
  }
}
