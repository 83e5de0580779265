package dev.fettle.llm.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of an answer, in the part of JSON Schema that servers can constrain decoding to: types,
 * properties, required, enum, items, no additional properties. Immutable.
 *
 * @param name lower-case letters
 * @param text JSON Schema
 */
public record Schema(String name, String text) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A schema from a resource beside {@code owner}: {@code name.schema.json}. */
  public static Schema resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name + ".schema.json")) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + ".schema.json");
      }
      JsonNode tree = JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return new Schema(name, JSON.writeValueAsString(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a value, at most 10 lines; empty when it has the form. */
  public List<String> problems(JsonNode value) {
    List<String> problems = new ArrayList<>();
    check(JSON.readTree(text), value, "answer", problems);
    return problems.subList(0, Math.min(10, problems.size()));
  }

  private static void check(JsonNode form, JsonNode value, String at, List<String> problems) {
    if (problems.size() >= 10) {
      return;
    }
    if (!hasType(form.path("type"), value)) {
      problems.add(at + " should be " + form.path("type") + ", is " + kind(value));
      return;
    }
    JsonNode allowed = form.path("enum");
    if (allowed.isArray() && allowed.valueStream().noneMatch(a -> a.equals(value))) {
      problems.add(at + " should be one of " + allowed);
    }
    if (value.isObject()) {
      members(form, value, at, problems);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(form.path("items"), value.path(i), at + "[" + i + "]", problems);
      }
    }
  }

  private static void members(JsonNode form, JsonNode value, String at, List<String> problems) {
    JsonNode properties = form.path("properties");
    Set<String> known = new HashSet<>();
    for (var property : properties.properties()) {
      known.add(property.getKey());
      JsonNode member = value.get(property.getKey());
      if (member != null) {
        check(property.getValue(), member, at + "." + property.getKey(), problems);
      }
    }
    for (JsonNode required : form.path("required")) {
      if (!value.has(required.asString())) {
        problems.add(at + " lacks " + required.asString());
      }
    }
    if (form.path("additionalProperties").isBoolean()
        && !form.path("additionalProperties").asBoolean()) {
      value.properties().stream()
          .filter(p -> !known.contains(p.getKey()))
          .limit(3)
          .forEach(p -> problems.add(at + " has an unknown member"));
    }
  }

  private static boolean hasType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      return type.valueStream().anyMatch(t -> hasType(t, value));
    }
    return switch (type.asString("")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> true;
    };
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
  }
}
