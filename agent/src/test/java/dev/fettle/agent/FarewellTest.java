package dev.fettle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FarewellTest {
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void waitsUntilNothingIsOnItsWay() throws InterruptedException {
    AtomicInteger left = new AtomicInteger(3);
    new Farewell(ended::incrementAndGet, () -> left.decrementAndGet() == 0).take();
    assertThat(left).hasValue(0);
    assertThat(ended).hasValue(1);
  }

  @Test
  void givesUpOnWhatNeverLeaves() throws InterruptedException {
    new Farewell(ended::incrementAndGet, () -> false).take();
    assertThat(ended).hasValue(1);
  }
}
