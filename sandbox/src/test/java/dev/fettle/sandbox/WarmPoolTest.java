package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WarmPoolTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Queue<Thing> made = new ConcurrentLinkedQueue<>();
  private final WarmPool<Integer, Thing> pool = new WarmPool<>(2, t -> true, Thing::end);

  private static final class Thing {
    private volatile boolean ended;

    void end() {
      ended = true;
    }
  }

  @Test
  void lendsTheSameThingAgain() throws IOException {
    Thing first = use(1);
    assertThat(use(1)).isSameAs(first);
  }

  @Test
  void endsWhatWasUsedLongestAgo() throws IOException {
    Thing first = use(1);
    Thing second = use(2);
    use(3);
    assertThat(first.ended).isTrue();
    assertThat(second.ended).isFalse();
    assertThat(use(1)).isNotSameAs(first);
  }

  @Test
  void doesNotEndWhatIsLent() throws IOException {
    try (WarmPool<Integer, Thing>.Loan loan = pool.lend(1, MINUTE)) {
      Thing lent = new Thing();
      loan.keep(lent);
      use(2);
      use(3);
      assertThat(lent.ended).isFalse();
    }
  }

  @Test
  void givesUpWaiting() throws Exception {
    CountDownLatch lent = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try (WarmPool<Integer, Thing>.Loan loan = pool.lend(1, MINUTE)) {
                loan.keep(new Thing());
                lent.countDown();
                done.await();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    other.start();
    lent.await();
    assertThatThrownBy(() -> pool.lend(1, Duration.ofMillis(1))).isInstanceOf(IOException.class);
    done.countDown();
    other.join();
    assertThat(use(1).ended).isFalse();
  }

  @Test
  void neverEndsWhatSomebodyUses() throws InterruptedException {
    Queue<String> lost = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int seed = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  try {
                    use((seed + i) % 5);
                  } catch (IOException | IllegalStateException e) {
                    lost.add(e.toString());
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    pool.close();
    assertThat(lost).isEmpty();
    assertThat(made).allMatch(t -> t.ended);
  }

  private Thing use(int key) throws IOException {
    try (WarmPool<Integer, Thing>.Loan loan = pool.lend(key, MINUTE)) {
      Thing thing = loan.thing();
      if (thing == null) {
        thing = new Thing();
        made.add(thing);
        loan.keep(thing);
      }
      Thread.yield();
      if (thing.ended) {
        throw new IllegalStateException("ended while it was lent");
      }
      return thing;
    }
  }
}
