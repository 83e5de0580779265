package dev.fettle.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeriodCountTest {
  private static final long SECOND = PeriodCount.SECOND;

  private final PeriodCount count = new PeriodCount();

  @Test
  void eachPeriodBeginsAnew() {
    assertThat(count.next(5 * SECOND, SECOND)).isEqualTo(1);
    assertThat(count.next(6 * SECOND - 1, SECOND)).isEqualTo(2);
    assertThat(count.next(6 * SECOND, SECOND)).isEqualTo(1);
  }

  @Test
  void clocksMayBeginAnywhere() {
    assertThat(count.next(-7 * SECOND, SECOND)).isEqualTo(1);
    assertThat(count.next(-7 * SECOND, SECOND)).isEqualTo(2);
    assertThat(count.next(-5 * SECOND, SECOND)).isEqualTo(1);
    assertThat(count.next(Long.MAX_VALUE, SECOND)).isEqualTo(1);
  }

  @Test
  void noneIsLostBetweenThreads() throws InterruptedException {
    Runnable work =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            assertThat(count.next(SECOND, SECOND)).isPositive();
          }
        };
    Thread other = new Thread(work);
    other.start();
    work.run();
    other.join();
    assertThat(count.next(SECOND, SECOND)).isEqualTo(20_001);
  }
}
