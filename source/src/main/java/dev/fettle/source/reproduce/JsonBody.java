package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/** A captured request body as the JSON that Jackson would read it from. */
final class JsonBody {
  private static final int MAX_DEPTH = 8;
  private static final Set<String> NUMBERS =
      Set.of(
          "int", "long", "short", "byte", "float", "double", "integer", "bigdecimal", "biginteger");

  private final ClassPool classes;
  private final Map<Integer, CapturedValue> objects;

  JsonBody(ClassPool classes, Map<Integer, CapturedValue> objects) {
    this.classes = classes;
    this.objects = objects;
  }

  String write(CapturedValue value) {
    StringBuilder json = new StringBuilder();
    value(value, json, 0);
    return json.toString();
  }

  private void value(CapturedValue value, StringBuilder json, int depth) {
    if (depth > MAX_DEPTH || value instanceof CapturedValue.Null) {
      json.append("null");
    } else if (value instanceof CapturedValue.Scalar s) {
      scalar(s, json);
    } else if (value instanceof CapturedValue.Text t) {
      quoted(t.text(), json);
    } else if (value instanceof CapturedValue.EnumConstant e) {
      quoted(e.name(), json);
    } else if (value instanceof CapturedValue.Sequence s) {
      sequence(s, json, depth);
    } else if (value instanceof CapturedValue.Mapping m) {
      mapping(m, json, depth);
    } else if (value instanceof CapturedValue.Composite c) {
      composite(c, json, depth);
    } else if (value instanceof CapturedValue.Reference r && objects.containsKey(r.identity())) {
      value(objects.get(r.identity()), json, depth + 1);
    } else if (value instanceof CapturedValue.Redacted) {
      quoted("text", json);
    } else {
      json.append("null");
    }
  }

  private static void scalar(CapturedValue.Scalar s, StringBuilder json) {
    String simple = s.type().substring(s.type().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean number =
        NUMBERS.contains(simple) && s.text().matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    if (number || (simple.equals("boolean") && s.text().matches("true|false"))) {
      json.append(s.text());
    } else {
      quoted(s.text(), json);
    }
  }

  private void sequence(CapturedValue.Sequence s, StringBuilder json, int depth) {
    if (s.type().startsWith("java.util.Optional")) {
      value(
          s.elements().isEmpty() ? new CapturedValue.Null("") : s.elements().get(0),
          json,
          depth + 1);
      return;
    }
    String separator = "[";
    for (CapturedValue e : s.elements()) {
      json.append(separator);
      value(e, json, depth + 1);
      separator = ",";
    }
    json.append(s.elements().isEmpty() ? "[]" : "]");
  }

  private void mapping(CapturedValue.Mapping m, StringBuilder json, int depth) {
    String separator = "{";
    for (CapturedValue.Entry e : m.entries()) {
      json.append(separator);
      quoted(key(e.key()), json);
      json.append(':');
      value(e.value(), json, depth + 1);
      separator = ",";
    }
    json.append(m.entries().isEmpty() ? "{}" : "}");
  }

  private static String key(CapturedValue key) {
    if (key instanceof CapturedValue.Text t) {
      return t.text();
    }
    if (key instanceof CapturedValue.Scalar s) {
      return s.text();
    }
    return key instanceof CapturedValue.EnumConstant e ? e.name() : "key";
  }

  private void composite(CapturedValue.Composite c, StringBuilder json, int depth) {
    String separator = "{";
    for (CapturedValue.Field f : c.fields()) {
      json.append(separator);
      quoted(name(f), json);
      json.append(':');
      value(f.value(), json, depth + 1);
      separator = ",";
    }
    json.append(c.fields().isEmpty() ? "{}" : "}");
  }

  /** The property's name: {@code @JsonProperty} on the field, else the field's own. */
  private String name(CapturedValue.Field field) {
    Optional<ClassNode> owner = classes.find(field.declaredIn().replace('.', '/'));
    return owner.stream()
        .flatMap(c -> c.fields.stream())
        .filter(f -> f.name.equals(field.name()))
        .flatMap(f -> annotations(f).stream())
        .filter(a -> a.desc.endsWith("/JsonProperty;") && a.values != null && a.values.size() > 1)
        .map(a -> String.valueOf(a.values.get(1)))
        .findFirst()
        .orElse(field.name());
  }

  private static List<AnnotationNode> annotations(FieldNode f) {
    return f.visibleAnnotations == null ? List.of() : f.visibleAnnotations;
  }

  private static void quoted(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
