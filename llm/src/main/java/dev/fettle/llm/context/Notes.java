package dev.fettle.llm.context;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import dev.fettle.llm.settings.LlmSettings.Values;
import dev.fettle.llm.text.Redaction;
import dev.fettle.llm.text.Untrusted;
import java.util.List;
import java.util.StringJoiner;

/** Variables as a model may see them: types and shapes, or values where policy says so. */
public final class Notes {
  private static final int DEPTH = 3;
  private static final int SHOWN = 20;
  private static final int LONGEST = 400;

  private final Values allowed;

  public Notes(Values allowed) {
    this.allowed = allowed;
  }

  /** One line for each variable of a frame. */
  public String of(CapturedFrame frame) {
    StringJoiner lines = new StringJoiner("\n");
    if (frame.receiver() != null) {
      lines.add(line("this", frame.receiver()));
    }
    for (Variable variable : frame.locals()) {
      lines.add(line(variable.name(), variable.value()));
    }
    return lines.toString();
  }

  /** One line for each variable. */
  public String of(List<Variable> variables) {
    StringJoiner lines = new StringJoiner("\n");
    variables.forEach(v -> lines.add(line(v.name(), v.value())));
    return lines.toString();
  }

  private String line(String name, CapturedValue value) {
    String shown =
        Redaction.isSecretName(name) && !(value instanceof CapturedValue.Null)
            ? simple(value.type()) + ", withheld"
            : text(value, DEPTH);
    return Untrusted.line(name, 80) + ": " + Untrusted.line(shown, LONGEST);
  }

  private String text(CapturedValue value, int depth) {
    boolean values = allowed == Values.VALUES;
    if (value instanceof CapturedValue.Null nothing) {
      return simple(nothing.type()) + " = null";
    }
    if (value instanceof CapturedValue.Scalar scalar) {
      return simple(scalar.type()) + (values ? " = " + scalar.text() : "");
    }
    if (value instanceof CapturedValue.Text text) {
      return simple(text.type())
          + " of length "
          + text.length()
          + (values ? " = \"" + text.text() + "\"" : text.text().isBlank() ? ", blank" : "");
    }
    if (value instanceof CapturedValue.EnumConstant constant) {
      return simple(constant.type()) + " = " + constant.name();
    }
    if (value instanceof CapturedValue.Sequence sequence) {
      return simple(sequence.type())
          + " of size "
          + sequence.size()
          + elements(sequence.elements(), depth);
    }
    if (value instanceof CapturedValue.Mapping mapping) {
      return simple(mapping.type()) + " of size " + mapping.size() + entries(mapping, depth);
    }
    if (value instanceof CapturedValue.Composite composite) {
      return simple(composite.type()) + fields(composite, depth);
    }
    if (value instanceof CapturedValue.Redacted redacted) {
      return simple(redacted.type()) + ", withheld";
    }
    return simple(value.type());
  }

  private String elements(List<CapturedValue> elements, int depth) {
    if (depth == 0 || elements.isEmpty()) {
      return "";
    }
    if (allowed == Values.SHAPES) {
      long nulls = elements.stream().filter(CapturedValue.Null.class::isInstance).count();
      return " of " + simple(elements.get(0).type()) + (nulls > 0 ? ", " + nulls + " null" : "");
    }
    StringJoiner all = new StringJoiner(", ", " [", elements.size() > SHOWN ? ", ...]" : "]");
    elements.stream().limit(SHOWN).forEach(e -> all.add(text(e, depth - 1)));
    return all.toString();
  }

  private String entries(CapturedValue.Mapping mapping, int depth) {
    if (depth == 0 || allowed == Values.SHAPES) {
      return "";
    }
    StringJoiner all = new StringJoiner(", ", " {", "}");
    for (CapturedValue.Entry entry : mapping.entries().stream().limit(SHOWN).toList()) {
      String key = text(entry.key(), 0);
      boolean secret =
          entry.key() instanceof CapturedValue.Text t && Redaction.isSecretName(t.text());
      all.add(key + " -> " + (secret ? "withheld" : text(entry.value(), depth - 1)));
    }
    return all.toString();
  }

  private String fields(CapturedValue.Composite composite, int depth) {
    if (depth == 0) {
      return "";
    }
    StringJoiner all = new StringJoiner(", ", " {", "}");
    for (CapturedValue.Field field : composite.fields().stream().limit(SHOWN).toList()) {
      boolean secret = Redaction.isSecretName(field.name());
      all.add(field.name() + ": " + (secret ? "withheld" : text(field.value(), depth - 1)));
    }
    return all.toString();
  }

  private static String simple(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }
}
