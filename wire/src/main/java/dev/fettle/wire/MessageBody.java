package dev.fettle.wire;

/** Packs the payload of each type of message. Numbers are part of the protocol. */
final class MessageBody {
  private static final int HELLO = 1;
  private static final int OCCURRENCE = 2;
  private static final int COUNTED = 3;
  private static final int HEARTBEAT = 4;
  private static final int PATCH_REPLY = 5;
  private static final int PATCH_HEALTH = 6;
  private static final int ACK = 64;
  private static final int APPLY_PATCH = 65;
  private static final int REVERT_PATCH = 66;

  // 67 was a command that no server sent

  private MessageBody() {}

  /** Packs the message and returns the number of its type. */
  static int pack(Packer out, Message message) {
    if (message instanceof HealMessage heal) {
      return HealCodec.pack(out, heal);
    }
    if (message instanceof Message.FromAgent fromAgent) {
      return packFromAgent(out, fromAgent);
    }
    return packFromServer(out, (Message.FromServer) message);
  }

  private static int packFromAgent(Packer out, Message.FromAgent message) {
    if (message instanceof Message.Hello m) {
      out.string(m.instance());
      out.string(m.service());
      out.optional(m.version());
      out.optional(m.revision());
      out.optional(m.javaVersion());
      out.i64(m.pid());
      out.string(m.agentVersion());
      return HELLO;
    } else if (message instanceof Message.Occurrence m) {
      OccurrenceCodec.pack(out, m);
      return OCCURRENCE;
    } else if (message instanceof Message.Counted m) {
      out.longs(m.dropped());
      out.longs(m.anticipated());
      return COUNTED;
    } else if (message instanceof Message.PatchReply m) {
      out.string(m.patchId());
      out.string(m.action().name());
      out.optional(m.refusal());
      out.i64(m.at());
      return PATCH_REPLY;
    } else if (message instanceof Message.PatchHealth m) {
      packHealth(out, m);
      return PATCH_HEALTH;
    }
    out.i64(((Message.Heartbeat) message).at());
    return HEARTBEAT;
  }

  private static void packHealth(Packer out, Message.PatchHealth m) {
    out.string(m.patchId());
    out.i64(m.calls());
    out.i64(m.thrownSince());
    out.i64(m.thrownBefore());
    out.string(m.newExceptionClass());
    out.i64(m.serverErrorsSince());
    out.i64(m.serverErrorsBefore());
  }

  private static int packFromServer(Packer out, Message.FromServer message) {
    if (message instanceof Message.Ack m) {
      out.list(m.ids(), Packer::string);
      return ACK;
    } else if (message instanceof Message.ApplyPatch m) {
      out.string(m.patchId());
      out.list(
          m.classes(),
          (p, c) -> {
            p.string(c.name());
            p.bytes(c.bytes());
          });
      return APPLY_PATCH;
    }
    out.string(((Message.RevertPatch) message).patchId());
    return REVERT_PATCH;
  }

  static Message unpack(Unpacker in, int type) throws MalformedMessageException {
    if (HealCodec.knows(type)) {
      return (Message) HealCodec.unpackHeal(in, type);
    }
    return switch (type) {
      case HELLO -> hello(in);
      case OCCURRENCE -> new OccurrenceCodec().unpack(in);
      case COUNTED -> new Message.Counted(in.longs(), in.longs());
      case HEARTBEAT -> new Message.Heartbeat(in.i64());
      case PATCH_REPLY ->
          new Message.PatchReply(
              in.string(),
              in.constant(Message.PatchReply.Action.values()),
              in.optional(),
              in.i64());
      case PATCH_HEALTH ->
          new Message.PatchHealth(
              in.string(), in.i64(), in.i64(), in.i64(), in.string(), in.i64(), in.i64());
      case ACK -> new Message.Ack(in.list(Unpacker::string));
      case APPLY_PATCH ->
          new Message.ApplyPatch(
              in.string(), in.list(i -> new Message.NewClass(i.string(), i.bytes())));
      case REVERT_PATCH -> new Message.RevertPatch(in.string());
      default -> throw new MalformedMessageException("unknown type of message: " + type);
    };
  }

  private static Message hello(Unpacker in) throws MalformedMessageException {
    Message.Hello hello =
        new Message.Hello(
            in.string(),
            in.string(),
            in.optional(),
            in.optional(),
            in.optional(),
            in.i64(),
            in.string());
    if (hello.instance().isBlank() || hello.service().isBlank()) {
      throw new MalformedMessageException("a hello without instance or service");
    }
    return hello;
  }
}
