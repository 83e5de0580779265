package dev.fettle.cli.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The time between a service's first answer and the end of what it does at its start. A web server
 * listens before the application's runners have filled its stores, so that requests made at once
 * fail for reasons of their own.
 *
 * @param ready whether the service says of itself that it takes requests; asked once, since asking
 *     may itself be logged
 * @param logged how much the service has logged, in bytes
 * @param nanos a clock, in nanoseconds
 * @param pause waits a little
 */
record Settling(BooleanSupplier ready, LongSupplier logged, LongSupplier nanos, Runnable pause) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration QUIET = Duration.ofMillis(1200);

  /** Returns when the service is ready, has logged nothing for a while, or at the limit. */
  void await() {
    if (ready.getAsBoolean()) {
      return;
    }
    long begun = nanos.getAsLong();
    long since = begun;
    long seen = logged.getAsLong();
    for (long now = begun;
        now - begun < LIMIT.toNanos() && now - since < QUIET.toNanos();
        now = nanos.getAsLong()) {
      pause.run();
      long size = logged.getAsLong();
      if (size != seen) {
        seen = size;
        since = nanos.getAsLong();
      }
    }
  }
}
