package dev.fettle.wire;

import java.util.List;

/** Packs values. One instance unpacks one message, because limits count over all its values. */
final class ValueCodec {
  private static final int NULL = 0;
  private static final int SCALAR = 1;
  private static final int TEXT = 2;
  private static final int CONSTANT = 3;
  private static final int SEQUENCE = 4;
  private static final int MAPPING = 5;
  private static final int COMPOSITE = 6;
  private static final int REFERENCE = 7;
  private static final int OPAQUE = 8;
  private static final int REDACTED = 9;

  private int values;

  static void pack(Packer out, Value value) {
    if (value instanceof Value.Null v) {
      head(out, NULL, v);
    } else if (value instanceof Value.Scalar v) {
      head(out, SCALAR, v);
      out.string(v.text());
    } else if (value instanceof Value.Text v) {
      head(out, TEXT, v);
      out.string(v.text());
      out.count(v.length());
    } else if (value instanceof Value.EnumConstant v) {
      head(out, CONSTANT, v);
      out.string(v.name());
    } else if (value instanceof Value.Sequence v) {
      head(out, SEQUENCE, v);
      out.count(v.size());
      out.list(v.elements(), ValueCodec::pack);
    } else if (value instanceof Value.Mapping v) {
      head(out, MAPPING, v);
      out.count(v.size());
      out.list(v.entries(), ValueCodec::packEntry);
    } else if (value instanceof Value.Composite v) {
      head(out, COMPOSITE, v);
      out.count(v.identity());
      out.list(v.fields(), ValueCodec::packField);
    } else if (value instanceof Value.Reference v) {
      head(out, REFERENCE, v);
      out.count(v.identity());
    } else if (value instanceof Value.Opaque v) {
      head(out, OPAQUE, v);
      out.string(v.reason());
    } else if (value instanceof Value.Redacted v) {
      head(out, REDACTED, v);
      out.string(v.reason());
      out.string(v.token());
    }
  }

  private static void head(Packer out, int tag, Value value) {
    out.u8(tag);
    out.string(value.type());
  }

  private static void packEntry(Packer out, Value.Entry entry) {
    pack(out, entry.key());
    pack(out, entry.value());
  }

  private static void packField(Packer out, Value.Field field) {
    out.string(field.name());
    out.string(field.declaredIn());
    pack(out, field.value());
  }

  Value unpack(Unpacker in) throws MalformedMessageException {
    return unpack(in, 0);
  }

  private Value unpack(Unpacker in, int depth) throws MalformedMessageException {
    Unpacker.check(++values, Limits.VALUES, "values of a message");
    Unpacker.check(depth, Limits.DEPTH, "depth of a value");
    int tag = in.u8();
    String type = in.string();
    return switch (tag) {
      case NULL -> new Value.Null(type);
      case SCALAR -> new Value.Scalar(type, in.string());
      case TEXT -> text(type, in);
      case CONSTANT -> new Value.EnumConstant(type, in.string());
      case SEQUENCE -> sequence(type, in, depth);
      case MAPPING -> mapping(type, in, depth);
      case COMPOSITE -> new Value.Composite(type, in.count(), in.list(i -> field(i, depth)));
      case REFERENCE -> new Value.Reference(type, in.count());
      case OPAQUE -> new Value.Opaque(type, in.string());
      case REDACTED -> new Value.Redacted(type, in.string(), in.string());
      default -> throw new MalformedMessageException("unknown kind of value: " + tag);
    };
  }

  private static Value text(String type, Unpacker in) throws MalformedMessageException {
    String text = in.string();
    int length = in.count();
    if (length < text.length()) {
      throw new MalformedMessageException("a text longer than its length " + length);
    }
    return new Value.Text(type, text, length);
  }

  private Value sequence(String type, Unpacker in, int depth) throws MalformedMessageException {
    int size = in.count();
    List<Value> elements = in.list(i -> unpack(i, depth + 1));
    Unpacker.check(elements.size(), size, "elements of a sequence");
    return new Value.Sequence(type, size, elements);
  }

  private Value mapping(String type, Unpacker in, int depth) throws MalformedMessageException {
    int size = in.count();
    List<Value.Entry> entries =
        in.list(i -> new Value.Entry(unpack(i, depth + 1), unpack(i, depth + 1)));
    Unpacker.check(entries.size(), size, "entries of a mapping");
    return new Value.Mapping(type, size, entries);
  }

  private Value.Field field(Unpacker in, int depth) throws MalformedMessageException {
    return new Value.Field(in.string(), in.string(), unpack(in, depth + 1));
  }
}
