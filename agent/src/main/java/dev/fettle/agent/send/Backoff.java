package dev.fettle.agent.send;

import java.util.random.RandomGenerator;

/** Pauses between tries: doubling to a minute, each drawn at random from its upper half. */
final class Backoff {
  private static final long FIRST = 250;
  private static final long LONGEST = 60_000;

  private final RandomGenerator random;
  private long next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  void succeeded() {
    next = FIRST;
  }

  /** Milliseconds to wait after a failure. */
  long failed(int retryAfterSeconds) {
    long pause = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(next * 2, LONGEST);
    return Math.max(pause, Math.min(retryAfterSeconds, 600) * 1000L);
  }
}
