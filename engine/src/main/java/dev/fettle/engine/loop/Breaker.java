package dev.fettle.engine.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Opens when repair after repair ends badly: broken off, or refuted. Guarded by itself. */
final class Breaker {
  private final InstantSource clock;
  private int inRow;
  private Instant last = Instant.EPOCH;

  Breaker(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void badEnd() {
    inRow++;
    last = clock.instant();
  }

  /** Counts a delivered repair that the project's own build did not refute. */
  synchronized void goodEnd() {
    inRow = 0;
  }

  /** Until when nothing is begun; closed again after {@code pause}. */
  synchronized Optional<Instant> openUntil(int most, Duration pause) {
    if (inRow < most) {
      return Optional.empty();
    }
    Instant until = last.plus(pause);
    if (clock.instant().isBefore(until)) {
      return Optional.of(until);
    }
    inRow = 0;
    return Optional.empty();
  }
}
