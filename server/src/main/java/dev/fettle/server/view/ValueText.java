package dev.fettle.server.view;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Captured values as short text for people. */
public final class ValueText {
  private static final int DEPTH = 3;
  private static final int LONGEST = 400;

  private ValueText() {}

  /** A name and its value. */
  public record Named(String name, String type, String value) {}

  /** What a frame held: {@code this} first, then parameters and locals. */
  public static List<Named> of(CapturedFrame frame) {
    List<Named> values = new ArrayList<>();
    CapturedValue receiver = frame.receiver();
    if (receiver != null) {
      values.add(named("this", receiver));
    }
    values.addAll(of(frame.locals()));
    return values;
  }

  /** Variables with their values. */
  public static List<Named> of(List<Variable> variables) {
    return variables.stream().map(v -> named(v.name(), v.value())).toList();
  }

  private static Named named(String name, CapturedValue value) {
    String text = text(value, DEPTH);
    return new Named(
        name,
        simple(value.type()),
        text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text);
  }

  private static String text(CapturedValue value, int depth) {
    if (value instanceof CapturedValue.Null) {
      return "null";
    }
    if (value instanceof CapturedValue.Scalar scalar) {
      return scalar.text();
    }
    if (value instanceof CapturedValue.Text text) {
      return "\""
          + text.text()
          + "\""
          + (text.complete() ? "" : "… (" + text.length() + " characters)");
    }
    if (value instanceof CapturedValue.EnumConstant constant) {
      return constant.name();
    }
    if (value instanceof CapturedValue.Sequence sequence) {
      return depth == 0
          ? simple(sequence.type()) + "(" + sequence.size() + ")"
          : sequence.elements().stream()
              .map(e -> text(e, depth - 1))
              .collect(
                  Collectors.joining(
                      ", ",
                      "[",
                      sequence.complete() ? "]" : ", … " + sequence.size() + " in all]"));
    }
    if (value instanceof CapturedValue.Mapping mapping) {
      return depth == 0
          ? simple(mapping.type()) + "(" + mapping.size() + ")"
          : mapping.entries().stream()
              .map(e -> text(e.key(), depth - 1) + "=" + text(e.value(), depth - 1))
              .collect(
                  Collectors.joining(
                      ", ", "{", mapping.complete() ? "}" : ", … " + mapping.size() + " in all}"));
    }
    if (value instanceof CapturedValue.Composite composite) {
      return depth == 0
          ? simple(composite.type())
          : composite.fields().stream()
              .map(f -> f.name() + "=" + text(f.value(), depth - 1))
              .collect(Collectors.joining(", ", simple(composite.type()) + "{", "}"));
    }
    if (value instanceof CapturedValue.Redacted redacted) {
      return "(redacted: " + redacted.reason() + ")";
    }
    if (value instanceof CapturedValue.Opaque opaque) {
      return simple(opaque.type()) + " (" + opaque.reason() + ")";
    }
    return "(same as before: " + simple(value.type()) + ")";
  }

  private static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }
}
