package dev.fettle.wire;

/** Packs messages about healing. Numbers are part of the protocol. */
final class HealCodec {
  private static final int HEALED = 16;
  private static final int OUTCOME = 17;
  private static final int COUNTED = 18;
  private static final int REPLY = 19;
  private static final int FIT = 20;
  private static final int RULES = 80;
  private static final int INSTALL = 81;
  private static final int PREFER = 82;

  private HealCodec() {}

  static boolean knows(int type) {
    return (type >= HEALED && type <= FIT) || (type >= RULES && type <= PREFER);
  }

  static int pack(Packer out, HealMessage message) {
    if (message instanceof HealMessage.Healed m) {
      healed(out, m);
      return HEALED;
    } else if (message instanceof HealMessage.HealOutcome m) {
      out.string(m.heal());
      out.u8(m.good() ? 1 : 0);
      out.string(m.why());
      out.i64(m.at());
      return OUTCOME;
    } else if (message instanceof HealMessage.HealCounted m) {
      out.longs(m.healed());
      out.longs(m.refused());
      return COUNTED;
    } else if (message instanceof HealMessage.SnippetReply m) {
      out.string(m.snippet());
      out.optional(m.refusal());
      return REPLY;
    } else if (message instanceof HealMessage.HealRules m) {
      out.string(m.mode());
      out.list(m.packages(), Packer::string);
      out.list(m.never(), Packer::string);
      out.string(m.inTransaction());
      out.list(m.disabled(), Packer::string);
      return RULES;
    }
    if (message instanceof HealMessage.RemediesFit m) {
      out.string(m.className());
      out.string(m.method());
      out.string(m.descriptor());
      out.i32(m.line());
      out.string(m.exception());
      out.list(m.remedies(), Packer::string);
      return FIT;
    } else if (message instanceof HealMessage.PreferRemedy m) {
      out.bytes(m.order());
      out.bytes(m.signature());
      return PREFER;
    }
    HealMessage.InstallSnippet m = (HealMessage.InstallSnippet) message;
    out.bytes(m.order());
    out.bytes(m.signature());
    return INSTALL;
  }

  private static void healed(Packer out, HealMessage.Healed m) {
    out.string(m.id());
    out.i64(m.at());
    out.string(m.thread());
    out.string(m.className());
    out.string(m.method());
    out.string(m.descriptor());
    out.i32(m.line());
    OccurrenceCodec.packThrown(out, m.thrown());
    out.string(m.remedy());
    out.string(m.rung());
    out.string(m.action());
    out.string(m.rationale());
    out.i32(m.confidence());
    out.list(m.evidence(), Packer::string);
    out.string(m.callers());
    out.list(m.before(), OccurrenceCodec::packLocal);
    out.list(m.after(), OccurrenceCodec::packLocal);
    out.i64(m.repeats());
  }

  static HealMessage unpackHeal(Unpacker in, int type) throws MalformedMessageException {
    return switch (type) {
      case HEALED -> healed(in);
      case OUTCOME -> new HealMessage.HealOutcome(in.string(), in.flag(), in.string(), in.i64());
      case COUNTED -> new HealMessage.HealCounted(in.longs(), in.longs());
      case REPLY -> new HealMessage.SnippetReply(in.string(), in.optional());
      case RULES ->
          new HealMessage.HealRules(
              in.string(),
              in.list(Unpacker::string),
              in.list(Unpacker::string),
              in.string(),
              in.list(Unpacker::string));
      case FIT -> fit(in);
      case PREFER -> new HealMessage.PreferRemedy(in.bytes(), in.bytes());
      default -> new HealMessage.InstallSnippet(in.bytes(), in.bytes());
    };
  }

  private static HealMessage fit(Unpacker in) throws MalformedMessageException {
    HealMessage.RemediesFit fit =
        new HealMessage.RemediesFit(
            in.string(),
            in.string(),
            in.string(),
            in.i32(),
            in.string(),
            in.list(Unpacker::string));
    Unpacker.check(fit.remedies().size(), HealMessage.RemediesFit.REMEDIES, "remedies that fit");
    return fit;
  }

  private static HealMessage healed(Unpacker in) throws MalformedMessageException {
    OccurrenceCodec parts = new OccurrenceCodec();
    HealMessage.Healed healed =
        new HealMessage.Healed(
            in.string(),
            in.i64(),
            in.string(),
            in.string(),
            in.string(),
            in.string(),
            in.i32(),
            parts.thrown(in),
            in.string(),
            in.string(),
            in.string(),
            in.string(),
            in.i32(),
            in.list(Unpacker::string),
            in.string(),
            in.list(parts::local),
            in.list(parts::local),
            in.i64());
    if (healed.id().isBlank()
        || healed.remedy().isBlank()
        || healed.repeats() < 1
        || healed.confidence() < 0
        || healed.confidence() > 1000) {
      throw new MalformedMessageException("a heal without id, remedy, repeats or confidence");
    }
    return healed;
  }
}
