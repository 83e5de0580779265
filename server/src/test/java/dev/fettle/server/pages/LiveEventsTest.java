package dev.fettle.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class LiveEventsTest {
  private final LiveEvents events = new LiveEvents();

  @Test
  void aBrowserThatReadsNothingKeepsNobodyWaiting() throws InterruptedException {
    StuckBrowser browser = new StuckBrowser();
    events.open(browser);

    events.changed("inc-0000000001");
    browser.reached.await();
    // these return although the browser still holds the first one
    for (int i = 0; i < 1000; i++) {
      events.changed("inc-0000000002");
    }
    browser.reads.countDown();

    assertThat(browser.secondSeen.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(browser.seen).hasSize(2);
  }

  @Test
  void theOldestStreamsEndWhenThereAreTooMany() {
    List<SseEmitter> completed = Collections.synchronizedList(new ArrayList<>());
    SseEmitter first =
        new SseEmitter() {
          @Override
          public void complete() {
            completed.add(this);
          }
        };
    events.open(first);
    for (int i = 0; i < 100; i++) {
      events.open(new SseEmitter());
    }

    assertThat(completed).containsExactly(first);
  }

  @Test
  void aPageIsOldOnceSomethingChanged() {
    long shown = events.changes();
    assertThat(events.changes()).isEqualTo(shown);
    events.changed("inc-0000000001");
    assertThat(events.changes()).isNotEqualTo(shown);
  }

  /** Takes the first event only when the test lets it. */
  private static final class StuckBrowser extends SseEmitter {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch reads = new CountDownLatch(1);
    private final CountDownLatch secondSeen = new CountDownLatch(2);
    private final List<SseEventBuilder> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void send(SseEventBuilder builder) {
      reached.countDown();
      try {
        reads.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      seen.add(builder);
      secondSeen.countDown();
    }
  }
}
