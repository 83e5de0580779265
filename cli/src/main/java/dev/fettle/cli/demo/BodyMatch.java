package dev.fettle.cli.demo;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares an answer's body with what a manifest expects. JSON objects must hold the expected
 * members, recursively; arrays are equal in length and order; numbers compare by value. Anything
 * else compares as text.
 */
final class BodyMatch {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BodyMatch() {}

  static boolean matches(@Nullable JsonNode expected, String actual) {
    if (expected == null) {
      return true;
    }
    if (expected.isString() && expected.asString().strip().equals(actual.strip())) {
      return true;
    }
    try {
      JsonNode answer = JSON.readTree(actual);
      return covers(expected, answer)
          || (expected.isString() && covers(JSON.readTree(expected.asString()), answer));
    } catch (JacksonException notJson) {
      return false;
    }
  }

  private static boolean covers(JsonNode expected, JsonNode actual) {
    if (expected.isObject()) {
      return actual.isObject()
          && expected.properties().stream()
              .allMatch(
                  e -> actual.has(e.getKey()) && covers(e.getValue(), actual.get(e.getKey())));
    }
    if (expected.isArray()) {
      if (!actual.isArray() || actual.size() != expected.size()) {
        return false;
      }
      for (int i = 0; i < expected.size(); i++) {
        if (!covers(expected.get(i), actual.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }
}
