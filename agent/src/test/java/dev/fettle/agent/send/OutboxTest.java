package dev.fettle.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final List<String> dropped = new ArrayList<>();
  private final Outbox outbox = new Outbox(dropped::add);

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
    String large = "x".repeat(60_000);
    int taken = 0;
    while (outbox.offer(occurrence("o" + taken, large))) {
      taken++;
    }
    assertThat(taken).isEqualTo(Outbox.BYTES / 60_080);
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
  void whatIsNotAcknowledgedLetsOthersPassAndIsGivenUpAtLast() {
    for (int i = 0; i < 150; i++) {
      outbox.offer(occurrence("never" + i, "1"));
    }
    outbox.offer(new Message.Heartbeat(1));
    outbox.sent(100, Set.of());
    assertThat(outbox.batch()).as("50, the other one, and then the first again").hasSize(100);
    outbox.sent(51, Set.of());
    assertThat(outbox.size()).isEqualTo(150);
    for (int i = 0; i < 40; i++) {
      outbox.sent(outbox.batch().size(), Set.of());
    }
    assertThat(outbox.size()).isZero();
    assertThat(dropped).hasSize(150).containsOnly("not acknowledged by the server");
  }

  @Test
  void ofARefusedBatchOnlyTheGuiltyOneIsLost() {
    for (int i = 0; i < 5; i++) {
      outbox.offer(occurrence("o" + i, "1"));
    }
    outbox.reject(5, true);
    assertThat(outbox.batch()).hasSize(1);
    assertThat(outbox.isDoubting()).isTrue();
    outbox.sent(1, Set.of("o0"));
    outbox.reject(1, true);
    assertThat(outbox.size()).as("a heartbeat may be guilty").isEqualTo(4);
    outbox.reject(1, false);
    for (int i = 2; i < 5; i++) {
      assertThat(outbox.batch()).hasSize(1);
      outbox.sent(1, Set.of("o" + i));
    }
    assertThat(outbox.isDoubting()).isFalse();
    assertThat(outbox.size()).isZero();
    assertThat(dropped).containsExactly("refused by the server");
  }

  @Test
  void refusesWhatTheServerWouldRefuse() {
    assertThat(outbox.offer(occurrence("a", "x".repeat(1 << 20)))).isFalse();
    assertThat(outbox.offer(occurrence("b", "1"))).isTrue();
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
