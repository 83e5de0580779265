package dev.fettle.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PersistentTest {
  private final List<String> said = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void aLoopThatBreaksBeginsAnew() throws InterruptedException {
    run(
        () -> {
          if (turns.incrementAndGet() < 4) {
            throw new NoClassDefFoundError("a.B");
          }
        });
    assertThat(turns).hasValue(4);
    assertThat(pauses).containsExactly(1_000L, 2_000L, 4_000L);
    assertThat(said).hasSize(1);
  }

  @Test
  void aLoopThatAlwaysBreaksIsLeftAloneAndSaysSo() throws InterruptedException {
    run(
        () -> {
          turns.incrementAndGet();
          throw new IllegalStateException("no");
        });
    assertThat(turns).hasValue(Persistent.TURNS);
    assertThat(pauses).endsWith(60_000L, 60_000L);
    assertThat(said).hasSize(2).last().asString().contains("stopped");
  }

  @Test
  void anInterruptionEndsIt() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(pauses).isEmpty();
  }

  private void run(Persistent.Loop loop) throws InterruptedException {
    new Persistent("test", loop, said::add, pauses::add).run();
  }
}
