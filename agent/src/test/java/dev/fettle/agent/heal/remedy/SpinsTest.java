package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpinsTest {
  private final AtomicLong now = new AtomicLong();
  private final Spins spins = new Spins(now::get);

  private Spins.Verdict failed(int times, Object... locals) {
    Spins.Verdict last = spins.last();
    for (int i = 0; i < times; i++) {
      now.addAndGet(1_000);
      last = spins.failed(locals);
    }
    return last;
  }

  @Test
  void theSameStateManyTimesInARowPassesOverTheBestRemedy() {
    assertThat(failed(Spins.PATIENCE, "a", 1)).isEqualTo(new Spins.Verdict(0, false));
    assertThat(failed(1, "a", 1)).isEqualTo(new Spins.Verdict(1, false));
  }

  @Test
  void anotherStateIsProgress() {
    failed(Spins.PATIENCE + 1, "a", 1);
    assertThat(failed(1, "a", 2)).isEqualTo(new Spins.Verdict(0, false));
  }

  @Test
  void aLoopThatWasStuckIsGivenLessPatience() {
    failed(Spins.PATIENCE + 1, "a", 1);
    assertThat(failed(1 + Spins.IMPATIENCE, "a", 2)).isEqualTo(new Spins.Verdict(1, false));
  }

  @Test
  void aPauseMakesItAnotherCall() {
    failed(Spins.PATIENCE, "a", 1);
    now.addAndGet(Spins.PAUSE + 1);
    assertThat(failed(Spins.PATIENCE, "a", 1)).isEqualTo(new Spins.Verdict(0, false));
  }

  @Test
  void whatOneThreadDoesSaysNothingOfAnother() throws InterruptedException {
    failed(Spins.PATIENCE, "a", 1);
    Spins.Verdict[] of = new Spins.Verdict[1];
    Thread other = new Thread(() -> of[0] = spins.failed(new Object[] {"a", 1}));
    other.start();
    other.join();
    assertThat(of[0]).isEqualTo(new Spins.Verdict(0, false));
  }

  @Test
  void aLoopThatFailsInEveryTurnHasToEnd() {
    for (int i = 0; i < Spins.MANY; i++) {
      assertThat(failed(1, i).mustEnd()).isFalse();
    }
    assertThat(failed(1, -1).mustEnd()).isTrue();
  }

  @Test
  void aPlaceThatNoLoopBringsBackNeverSpins() {
    Object[] locals = {"a"};
    for (int i = 0; i < 2 * Spins.MANY; i++) {
      assertThat(Spins.NONE.failed(locals)).isEqualTo(new Spins.Verdict(0, false));
    }
  }
}
