package dev.fettle.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  private static Message.Occurrence occurrence(String id, String message) {
    return new Message.Occurrence(
        id,
        Message.Occurrence.Kind.THROWN,
        1,
        "t",
        new Thrown("a.B", message, List.of(), null),
        null,
        "r",
        1);
  }

  @Test
  void refusesMoreThanItsNumber() {
    for (int i = 0; i < Outbox.MESSAGES; i++) {
      assertThat(outbox.offer(new Message.Heartbeat(i))).isTrue();
    }
    assertThat(outbox.offer(new Message.Heartbeat(0))).isFalse();
  }

  @Test
  void refusesMoreThanItsBytes() {
    String megabyte = "x".repeat(1 << 20);
    int taken = 0;
    while (outbox.offer(occurrence("o" + taken, megabyte))) {
      taken++;
    }
    assertThat(taken).isEqualTo(7);
  }

  @Test
  void keepsWhatWasNotAcknowledgedInOrder() {
    outbox.offer(occurrence("a", "1"));
    outbox.offer(occurrence("b", "2"));
    outbox.offer(new Message.Heartbeat(1));
    assertThat(outbox.batch()).hasSize(3);
    assertThat(outbox.sent(3, Set.of("b"))).isEqualTo(1);
    assertThat(outbox.size()).isEqualTo(1);
    assertThat(outbox.sent(1, Set.of("a"))).isZero();
    assertThat(outbox.size()).isZero();
  }

  @Test
  void pausesGrowStayRandomAndObeyTheServer() {
    Backoff backoff = new Backoff(new SplittableRandom(1));
    long first = backoff.failed(0);
    long last = 0;
    for (int i = 0; i < 20; i++) {
      last = backoff.failed(0);
    }
    assertThat(first).isBetween(125L, 250L);
    assertThat(last).isBetween(30_000L, 60_000L);
    backoff.succeeded();
    assertThat(backoff.failed(7)).isEqualTo(7_000);
  }
}
