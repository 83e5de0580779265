package dev.fettle.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Gives what is on its way to the server a moment when the process ends: a program that fails or is
 * healed once and is over must not be one that nothing was heard of. Runs as a shutdown hook,
 * beside those of the application, and takes no longer than {@value #MOST_MILLIS} ms whatever the
 * server does.
 */
final class Farewell {
  /** With the end of the hook's thread less than half a second. */
  static final long MOST_MILLIS = 400;

  private static final long TURN_MILLIS = 4;

  private final Runnable ending;
  private final BooleanSupplier done;

  /**
   * @param ending says that nothing more is waited for, once
   * @param done whether nothing is on its way, or it cannot arrive
   */
  Farewell(Runnable ending, BooleanSupplier done) {
    this.ending = ending;
    this.done = done;
  }

  void take() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    ending.run();
    while (!done.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(TURN_MILLIS);
    }
  }
}
