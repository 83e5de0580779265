package dev.fettle.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final Value LEAF = new Value.Scalar("int", "42");

  @Test
  void everyMessageSurvivesTheWay() throws IOException {
    List<Message> all =
        List.of(
            new Message.Hello("i-1", "shop", null, "abc", "17", 4711, "0.1"),
            occurrence(everyValue()),
            new Message.Counted(Map.of("queue full", 3L), Map.of("answered 404", 9L)),
            new Message.Heartbeat(7),
            new Message.PatchReply("p", Message.PatchReply.Action.REVERT, "no", 8),
            new Message.PatchHealth("p", 1, 2, 3, "X", 4, 5),
            new Message.Ack(List.of("a", "b")),
            new Message.RevertPatch("p"),
            healed(),
            new HealMessage.HealOutcome("h-1", false, "followed by X", 9),
            new HealMessage.HealCounted(Map.of("a.B.c:7 skip", 3L), Map.of("budget", 2L)),
            new HealMessage.SnippetReply("s-1", "bad signature"),
            new HealMessage.HealRules(
                "typed", List.of("a"), List.of("a.Pay"), "refuse", List.of("a.B.c:7")));
    assertThat(decode(MessageCodec.encode(all))).isEqualTo(all);
  }

  @Test
  void aHealSurvivesTruncationAndNonsenseAsARefusal() {
    byte[] body = MessageCodec.encode(List.of(healed()));
    for (int length = 1; length < body.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(body, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void anOrderOfASnippetSurvivesTheWay() throws IOException {
    SnippetOrder order =
        new SnippetOrder(
            "s-1",
            "shop-1",
            7,
            8,
            "a.B",
            "c",
            "()V",
            9,
            "X",
            true,
            false,
            List.of("i I"),
            "why",
            700,
            new byte[] {1, 2});
    SnippetOrder back = SnippetOrder.unpack(order.pack());
    assertThat(back.pack()).isEqualTo(order.pack());
    assertThat(back.code()).containsExactly(1, 2);
    assertThat(back.sequence()).isEqualTo(7);
    assertThat(back.variables()).containsExactly("i I");
  }

  @Test
  void anOrderOfARemedySurvivesTheWayAndIsToldFromASnippet() throws IOException {
    RemedyOrder order =
        new RemedyOrder("r-1", "shop-1", 7, 8, "a.B", "c", "()V", 9, "X", "leave-loop", "why", 700);
    assertThat(HealOrder.unpack(order.pack())).isEqualTo(order);
  }

  @Test
  void moreRemediesThanThereCanBeAreRefused() {
    HealMessage.RemediesFit fit =
        new HealMessage.RemediesFit(
            "a.B", "c", "()V", 9, "X", java.util.Collections.nCopies(65, "skip"));
    byte[] body = MessageCodec.encode(List.of(fit));
    assertThatThrownBy(() -> decode(body)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void writesNothingThatAReaderRefuses() {
    String tooLong = "x".repeat(Limits.STRING_BYTES + 1);
    List<String> tooMany = java.util.Collections.nCopies(Limits.ENTRIES + 1, "x");
    assertThatThrownBy(() -> MessageCodec.encode(List.of(new Message.RevertPatch(tooLong))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65537 exceeds 65536");
    assertThatThrownBy(() -> MessageCodec.encode(List.of(new Message.Ack(tooMany))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1025 exceeds 1024");
  }

  @Test
  void bytesSignedForAnotherPurposeAreNoOrder() {
    byte[] bytes = new byte[200];
    assertThatThrownBy(() -> SnippetOrder.unpack(bytes)).hasMessageContaining("not an order");
  }

  private static HealMessage.Healed healed() {
    return new HealMessage.Healed(
        "h-1",
        7,
        "main",
        "a.B",
        "c",
        "()V",
        9,
        new Thrown("X", null, List.of(), null),
        "skip",
        "typed",
        "next statement",
        "why",
        900,
        List.of("null: right in 3 of 4"),
        "callers get 0",
        List.of(new Local("i", "I", true, LEAF)),
        List.of(),
        3);
  }

  @Test
  void classBytesSurviveTheWay() throws IOException {
    byte[] bytes = {1, 2, 3};
    var patch = new Message.ApplyPatch("p", List.of(new Message.NewClass("a.B", bytes)));
    var back = (Message.ApplyPatch) decode(MessageCodec.encode(List.of(patch))).get(0);
    assertThat(back.classes().get(0).bytes()).isEqualTo(bytes);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] body = MessageCodec.encode(List.of(occurrence(everyValue())));
    for (int length = 1; length < body.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(body, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void everyFlippedByteIsRefused() {
    byte[] body = MessageCodec.encode(List.of(occurrence(everyValue())));
    for (int i = 0; i < body.length; i++) {
      byte[] bad = body.clone();
      bad[i] ^= 0x41;
      assertThatThrownBy(() -> decode(bad)).isInstanceOf(MalformedMessageException.class);
    }
  }

  @Test
  void hostilePayloadsWithValidChecksumsAreRefusedOrRead() throws IOException {
    byte[] body = MessageCodec.encode(List.of(occurrence(everyValue())));
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = body.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[10 + random.nextInt(bad.length - 14)] = (byte) random.nextInt(256);
      }
      try {
        decode(sealed(bad));
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void aLyingLengthCostsNoMemory() {
    byte[] head = {0x46, 0x54, 0x4C, 0x45, 1, 2, 0x00, 0x3f, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> decode(head)).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void anOversizedLengthIsRefusedBeforeReading() {
    byte[] head = {0x46, 0x54, 0x4C, 0x45, 1, 2, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> decode(head)).hasMessageContaining("exceeds");
  }

  @Test
  void nestingDeeperThanTheLimitIsRefused() {
    Value value = LEAF;
    for (int i = 0; i <= Limits.DEPTH; i++) {
      value = new Value.Sequence("java.util.List", 1, List.of(value));
    }
    byte[] body = MessageCodec.encode(List.of(occurrence(value)));
    assertThatThrownBy(() -> decode(body)).hasMessageContaining("depth");
  }

  @Test
  void moreValuesThanTheLimitAreRefused() {
    List<Value> leaves = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      leaves.add(LEAF);
    }
    Value row = new Value.Sequence("java.util.List", 1000, leaves);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row);
    }
    byte[] body =
        MessageCodec.encode(List.of(occurrence(new Value.Sequence("java.util.List", 20, rows))));
    assertThatThrownBy(() -> decode(body)).hasMessageContaining("values");
  }

  @Test
  void anEndlessBodyIsRefused() {
    byte[] one = MessageCodec.encode(List.of(new Message.Heartbeat(1)));
    byte[] body = new byte[one.length * (Limits.MESSAGES + 1)];
    for (int i = 0; i < body.length; i += one.length) {
      System.arraycopy(one, 0, body, i, one.length);
    }
    assertThatThrownBy(() -> decode(body)).hasMessageContaining("messages");
  }

  @Test
  void anotherVersionIsRefusedByNumber() {
    byte[] body = MessageCodec.encode(List.of(new Message.Heartbeat(1)));
    body[4] = 9;
    assertThatThrownBy(() -> decode(body)).hasMessage("version 9, expected 1");
  }

  private static List<Message> decode(byte[] body) throws IOException {
    return MessageCodec.decode(new ByteArrayInputStream(body));
  }

  private static byte[] sealed(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body, 4, body.length - 8);
    int value = (int) crc.getValue();
    for (int i = 0; i < 4; i++) {
      body[body.length - 4 + i] = (byte) (value >>> (24 - 8 * i));
    }
    return body;
  }

  private static Value everyValue() {
    return new Value.Composite(
        "a.B",
        1,
        List.of(
            field("n", new Value.Null("a.C")),
            field("s", LEAF),
            field("t", new Value.Text("java.lang.String", "grün", 9)),
            field("e", new Value.EnumConstant("a.E", "X")),
            field("q", new Value.Sequence("[I", 3, List.of(LEAF))),
            field("m", new Value.Mapping("java.util.Map", 2, List.of(new Value.Entry(LEAF, LEAF)))),
            field("r", new Value.Reference("a.B", 1)),
            field("o", new Value.Opaque("a.D", "too deep")),
            field("x", new Value.Redacted("java.lang.String", "name", "t0"))));
  }

  private static Value.Field field(String name, Value value) {
    return new Value.Field(name, "a.B", value);
  }

  private static Message.Occurrence occurrence(Value value) {
    CallFrame frame =
        new CallFrame(
            "a.B", "m", "()V", "B.java", 3, true, value, List.of(new Local("x", "I", true, LEAF)));
    Thrown root = new Thrown("java.lang.NullPointerException", "m", List.of(frame), null);
    return new Message.Occurrence(
        "id",
        Message.Occurrence.Kind.THROWN,
        5,
        "main",
        new Thrown("a.Wrapper", null, List.of(), root),
        new Exchange("GET", "/a", "q=1", Map.of("accept", "x"), 500),
        "nothing catches it",
        1);
  }
}
