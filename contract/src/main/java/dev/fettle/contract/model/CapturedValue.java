package dev.fettle.contract.model;

import java.util.List;

/**
 * A value as it was seen in a failing frame, copied by reading fields only. A tree: objects met a
 * second time are {@link Reference}s to the identity of the first.
 */
public sealed interface CapturedValue {

  /** Binary name of the run-time class, or of the declared type for {@code null}. */
  String type();

  /** The null reference. {@code type} is the declared type's binary name. */
  record Null(String type) implements CapturedValue {}

  /**
   * A primitive, box, number, date, UUID or other plain value. {@code text} is its canonical form
   * as its own type parses it (for example {@code 2026-01-31} for a LocalDate). Primitive types are
   * named {@code int}, boxes {@code java.lang.Integer}.
   */
  record Scalar(String type, String text) implements CapturedValue {}

  /** Characters. {@code length} is the length before cutting; {@code text} may be shorter. */
  record Text(String type, String text, int length) implements CapturedValue {
    /** Whether {@code text} is the whole value. */
    public boolean complete() {
      return text.length() == length;
    }
  }

  /** A constant of an enum; {@code type} is the enum's declaring class. */
  record EnumConstant(String type, String name) implements CapturedValue {}

  /**
   * An array, collection, Optional or iterator-like value in iteration order. {@code size} is the
   * size before cutting to {@code elements}.
   */
  record Sequence(String type, int size, List<CapturedValue> elements) implements CapturedValue {
    public Sequence {
      elements = List.copyOf(elements);
    }

    /** Whether {@code elements} is the whole value. */
    public boolean complete() {
      return elements.size() == size;
    }
  }

  /** A map in iteration order. {@code size} is the size before cutting to {@code entries}. */
  record Mapping(String type, int size, List<Entry> entries) implements CapturedValue {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** Whether {@code entries} is the whole value. */
    public boolean complete() {
      return entries.size() == size;
    }
  }

  /** One pair of a {@link Mapping}. */
  record Entry(CapturedValue key, CapturedValue value) {}

  /**
   * An object with its fields, own and inherited. {@code identity} is unique within one capture, so
   * that a {@link Reference} can name it.
   */
  record Composite(String type, int identity, List<Field> fields) implements CapturedValue {
    public Composite {
      fields = List.copyOf(fields);
    }
  }

  /** One field of a {@link Composite}. {@code declaredIn} is the binary name of its class. */
  record Field(String name, String declaredIn, CapturedValue value) {}

  /** Seen before in this capture under {@code identity}. */
  record Reference(String type, int identity) implements CapturedValue {}

  /** Not read: too deep, too large, or of a type that capture never enters. */
  record Opaque(String type, String reason) implements CapturedValue {}

  /** Withheld. Equal secrets of one installation have equal {@code token}s. */
  record Redacted(String type, String reason, String token) implements CapturedValue {}
}
