package dev.fettle.wire;

import java.util.List;

/** A captured value; means what {@code CapturedValue} of the contract means, case by case. */
public sealed interface Value {

  /** Binary name of the run-time class, or of the declared type for {@code null}. */
  String type();

  /** The null reference. */
  record Null(String type) implements Value {}

  /**
   * A plain value in the text its own type parses. {@code java.util.Date} is given in epoch
   * milliseconds.
   */
  record Scalar(String type, String text) implements Value {}

  /** Characters, possibly cut; {@code length} is the whole length. */
  record Text(String type, String text, int length) implements Value {}

  /** A constant of an enum. */
  record EnumConstant(String type, String name) implements Value {}

  /** An array, collection or Optional, possibly cut; {@code size} is the whole size. */
  record Sequence(String type, int size, List<Value> elements) implements Value {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A map, possibly cut; {@code size} is the whole size. */
  record Mapping(String type, int size, List<Entry> entries) implements Value {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /** One pair of a {@link Mapping}. */
  record Entry(Value key, Value value) {}

  /** An object with its fields. {@code identity} is unique within one occurrence. */
  record Composite(String type, int identity, List<Field> fields) implements Value {
    public Composite {
      fields = List.copyOf(fields);
    }
  }

  /** One field of a {@link Composite}. */
  record Field(String name, String declaredIn, Value value) {}

  /** Seen before in this occurrence. */
  record Reference(String type, int identity) implements Value {}

  /** Not read, and why. */
  record Opaque(String type, String reason) implements Value {}

  /** Withheld. Equal secrets of one installation have equal tokens. */
  record Redacted(String type, String reason, String token) implements Value {}
}
