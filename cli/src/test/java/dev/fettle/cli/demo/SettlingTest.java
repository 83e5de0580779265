package dev.fettle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private long millis;
  private long lastLine;

  @Test
  void waitsUntilTheRunnersHaveLoggedTheirLast() {
    lastLine = 4000;
    settling(false).await();
    assertThat(millis).isEqualTo(5200);
  }

  @Test
  void waitsForNoneThatIsReady() {
    lastLine = 4000;
    settling(true).await();
    assertThat(millis).isZero();
  }

  @Test
  void waitsNoLongerThanTenSecondsForOneThatAlwaysLogs() {
    lastLine = Duration.ofHours(1).toMillis();
    settling(false).await();
    assertThat(millis).isEqualTo(10_000);
  }

  /** A service that logs a byte each 100 ms until {@code lastLine}. */
  private Settling settling(boolean ready) {
    return new Settling(
        () -> ready,
        () -> Math.min(millis, lastLine) / 100,
        () -> Duration.ofMillis(millis).toNanos(),
        () -> millis += 100);
  }
}
