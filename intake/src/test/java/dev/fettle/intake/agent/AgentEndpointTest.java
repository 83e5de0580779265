package dev.fettle.intake.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.ReplacedClass;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Limits;
import dev.fettle.wire.Local;
import dev.fettle.wire.MalformedMessageException;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentEndpointTest {
  private static final Message.Hello HELLO =
      new Message.Hello("i-1", "shop", "1", "abc", "17", 4711, "0.1");

  private final SteppingClock clock = new SteppingClock();
  private final AgentEndpoint endpoint = new AgentEndpoint(clock);
  private final List<Signal> stored = new ArrayList<>();

  @BeforeEach
  void listen() {
    endpoint.start(stored::add);
  }

  @Test
  void acknowledgesWhatTheSinkTook() throws IOException {
    List<Message> answer = post(HELLO, occurrence("o-1"));
    assertThat(answer).containsExactly(new Message.Ack(List.of("o-1")));
    assertThat(stored).singleElement().extracting(Signal::id).isEqualTo("o-1");
  }

  @Test
  void mapsValuesOfFrames() throws IOException {
    post(HELLO, occurrence("o-1"));
    var frame = stored.get(0).exception().root().topApplicationFrame().orElseThrow();
    assertThat(frame.local("n").orElseThrow().value())
        .isEqualTo(new CapturedValue.Scalar("int", "7"));
  }

  @Test
  void acknowledgesAReplayWithoutStoringItAgain() throws IOException {
    post(HELLO, occurrence("o-1"));
    assertThat(post(HELLO, occurrence("o-1"))).containsExactly(new Message.Ack(List.of("o-1")));
    assertThat(stored).hasSize(1);
    assertThat(endpoint.replayed()).isEqualTo(1);
  }

  @Test
  void addsUpWhatAgentsCounted() throws IOException {
    post(HELLO, new Message.Counted(Map.of("queue full", 3L), Map.of("answered 404", 9L)));
    post(HELLO, new Message.Counted(Map.of("queue full", 4L, "rate", 1L), Map.of()));
    assertThat(endpoint.unsent()).isEqualTo(5);
    assertThat(endpoint.anticipated()).isZero();
  }

  @Test
  void doesNotAcknowledgeWhatTheSinkRefused() {
    endpoint.start(
        s -> {
          throw new IllegalStateException("disk full");
        });
    assertThatThrownBy(() -> post(HELLO, occurrence("o-1"))).hasMessage("disk full");
    endpoint.start(stored::add);
    assertThat(stored).isEmpty();
  }

  @Test
  void doesNotAcknowledgeAHealThatNobodyKeeps() throws IOException {
    assertThat(post(HELLO, healed("h-1"))).containsExactly(new Message.Ack(List.of()));
    assertThat(endpoint.dropped()).isEqualTo(1);

    List<String> kept = new ArrayList<>();
    endpoint.healing(
        new HealSink() {
          @Override
          public void healed(HealRecord heal, Signal failure) {
            kept.add(heal.id());
          }

          @Override
          public void ended(String heal, HealRecord.Ending ending) {}

          @Override
          public void snippet(String instance, String snippet, String refusal) {}

          @Override
          public void fit(FittingRemedies remedies) {}
        });

    assertThat(post(HELLO, healed("h-1"))).containsExactly(new Message.Ack(List.of("h-1")));
    assertThat(kept).containsExactly("h-1");
  }

  private static HealMessage.Healed healed(String id) {
    return new HealMessage.Healed(
        id,
        1,
        "main",
        "shop.Prices",
        "of",
        "()I",
        27,
        new Thrown("java.lang.NumberFormatException", "bad", List.of(), null),
        "supply-default",
        "typed",
        "next statement",
        "a number was expected",
        900,
        List.of(),
        "",
        List.of(),
        List.of(),
        1);
  }

  @Test
  void countsAndRefusesMalformedBodies() {
    byte[] body = MessageCodec.encode(List.of(HELLO, occurrence("o-1")));
    byte[] cut = Arrays.copyOf(body, body.length - 3);
    assertThatThrownBy(
            () -> endpoint.frames("i-1", TrustTier.AUTHENTICATED, new ByteArrayInputStream(cut)))
        .isInstanceOf(MalformedMessageException.class);
    assertThat(endpoint.dropped()).isEqualTo(1);
    assertThat(stored).isEmpty();
  }

  @Test
  void refusesMessagesOfAnotherInstance() throws IOException {
    byte[] body = MessageCodec.encode(List.of(HELLO, occurrence("o-1")));
    endpoint.frames("i-2", TrustTier.AUTHENTICATED, new ByteArrayInputStream(body));
    assertThat(stored).isEmpty();
    assertThat(endpoint.dropped()).isEqualTo(1);
  }

  @Test
  void forgetsSilentInstances() throws IOException {
    post(HELLO);
    assertThat(endpoint.instances("shop")).hasSize(1);
    clock.advance(AgentEndpoint.GONE_AFTER.plusSeconds(1));
    assertThat(endpoint.instances("shop")).isEmpty();
  }

  @Test
  void countsMissedHeartbeats() throws IOException {
    post(HELLO, new Message.PatchHealth("p", 5, 1, 2, "", 0, 0));
    clock.advance(Duration.ofMillis(4 * Limits.HEARTBEAT_MILLIS));
    assertThat(endpoint.health("i-1", "p").missedHeartbeats()).isEqualTo(3);
    assertThat(endpoint.health("i-1", "p").calls()).isEqualTo(5);
  }

  @Test
  void handsAPatchToThePollAndItsReplyToTheCaller() throws Exception {
    post(HELLO);
    var reply =
        CompletableFuture.supplyAsync(
            () ->
                endpoint.apply(
                    "i-1",
                    "p",
                    List.of(new ReplacedClass("a.B", new byte[] {1})),
                    Duration.ofSeconds(20)));
    List<Message> commands = decode(endpoint.poll("i-1", Duration.ofSeconds(20)));
    assertThat(commands).singleElement().isInstanceOf(Message.ApplyPatch.class);
    post(HELLO, new Message.PatchReply("p", Message.PatchReply.Action.APPLY, null, 9));
    assertThat(reply.get()).isEqualTo(new HotPatchReply.Applied(Instant.ofEpochMilli(9)));
  }

  @Test
  void saysWhyAPatchWasRefused() throws Exception {
    post(HELLO);
    var reply =
        CompletableFuture.supplyAsync(() -> endpoint.revert("i-1", "p", Duration.ofSeconds(20)));
    decode(endpoint.poll("i-1", Duration.ofSeconds(20)));
    post(HELLO, new Message.PatchReply("p", Message.PatchReply.Action.REVERT, "unknown", 9));
    assertThat(reply.get()).isEqualTo(new HotPatchReply.NotHotPatchable("unknown"));
  }

  @Test
  void isLostWhenNobodyAnswers() throws IOException {
    post(HELLO);
    assertThat(endpoint.revert("i-1", "p", Duration.ofMillis(1)))
        .isInstanceOf(HotPatchReply.Lost.class);
  }

  @Test
  void givesNoCommandsToAPublicKey() throws IOException {
    post(HELLO);
    assertThat(endpoint.prefer("i-1", new byte[] {1}, new byte[] {2})).isTrue();
    byte[] body = MessageCodec.encode(List.of(HELLO));
    assertThat(decode(endpoint.frames("i-1", TrustTier.PUBLIC, new ByteArrayInputStream(body))))
        .containsExactly(new Message.Ack(List.of()));
  }

  @Test
  void aPublicKeyMakesNobodyAnAgent() throws IOException {
    post(HELLO);
    clock.advance(AgentEndpoint.GONE_AFTER.plusSeconds(1));
    Message.Hello forged = new Message.Hello("i-1", "bank", "9", "evil", "17", 1, "0.1");

    assertThat(publicly(forged, occurrence("o-1")))
        .containsExactly(new Message.Ack(List.of("o-1")));

    assertThat(endpoint.instances()).isEmpty();
    post(HELLO, occurrence("o-1"));
    assertThat(endpoint.instances("shop")).hasSize(1);
    assertThat(endpoint.instances("bank")).isEmpty();
    assertThat(stored)
        .extracting(Signal::trust)
        .containsExactly(TrustTier.PUBLIC, TrustTier.AUTHENTICATED);
  }

  private List<Message> publicly(Message... messages) throws IOException {
    byte[] body = MessageCodec.encode(List.of(messages));
    return decode(endpoint.frames("i-1", TrustTier.PUBLIC, new ByteArrayInputStream(body)));
  }

  @Test
  void aHealOfAPublicKeyIsNotBelievedAndNotSentAgain() throws IOException {
    HealMessage.Healed healed =
        new HealMessage.Healed(
            "h-1",
            1,
            "t",
            "a.B",
            "c",
            "()V",
            7,
            new Thrown("X", null, List.of(), null),
            "skip",
            "typed",
            "goes on",
            "",
            900,
            List.of(),
            "",
            List.of(),
            List.of(),
            1);
    byte[] body = MessageCodec.encode(List.of(HELLO, healed));
    assertThat(decode(endpoint.frames("i-1", TrustTier.PUBLIC, new ByteArrayInputStream(body))))
        .containsExactly(new Message.Ack(List.of("h-1")));
    assertThat(endpoint.healTotals()).containsEntry("healed", 0L);
  }

  private List<Message> post(Message... messages) throws IOException {
    byte[] body = MessageCodec.encode(List.of(messages));
    return decode(endpoint.frames("i-1", TrustTier.AUTHENTICATED, new ByteArrayInputStream(body)));
  }

  private static List<Message> decode(byte[] body) throws IOException {
    return MessageCodec.decode(new ByteArrayInputStream(body));
  }

  private static Message.Occurrence occurrence(String id) {
    CallFrame frame =
        new CallFrame(
            "a.B",
            "m",
            "(I)V",
            "B.java",
            3,
            true,
            null,
            List.of(new Local("n", "I", true, new Value.Scalar("int", "7"))));
    return new Message.Occurrence(
        id,
        Message.Occurrence.Kind.THROWN,
        5,
        "main",
        new Thrown("java.lang.IllegalStateException", "m", List.of(frame), null),
        new dev.fettle.wire.Exchange("GET", "/", null, Map.of(), 500),
        "nothing catches it",
        1);
  }

  private static final class SteppingClock extends Clock {
    private Instant now = Instant.EPOCH;

    void advance(Duration step) {
      now = now.plus(step);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
