package dev.fettle.llm.talk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the answer in what a model wrote: the JSON alone, in a fence, or with prose around it, with
 * the small mistakes that models make (trailing commas, comments, line ends in strings). Bounded in
 * length and depth. Stateless.
 */
final class AnswerJson {
  static final int MAX_CHARACTERS = 400_000;
  private static final int TRIES = 8;
  private static final JsonMapper LENIENT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .maxStringLength(MAX_CHARACTERS)
                          .build())
                  .build())
          .enable(
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private AnswerJson() {}

  /** A value of the schema's form, or what is wrong with the best try. */
  record Found(@Nullable JsonNode value, List<String> problems) {}

  static Found in(String text, Schema schema) {
    if (text.length() > MAX_CHARACTERS) {
      return new Found(null, List.of("longer than " + MAX_CHARACTERS + " characters"));
    }
    List<String> problems = List.of("no JSON object in it");
    for (String candidate : objects(text)) {
      JsonNode value;
      try {
        value = LENIENT.readTree(candidate);
      } catch (JacksonException e) {
        problems = List.of("not JSON: " + firstLine(e));
        continue;
      }
      List<String> wrong = schema.problems(value);
      if (wrong.isEmpty()) {
        return new Found(value, List.of());
      }
      problems = wrong;
    }
    return new Found(null, problems);
  }

  /** Stretches that begin at a brace and end where it closes, outermost first. */
  private static List<String> objects(String text) {
    List<String> found = new ArrayList<>();
    int at = text.indexOf('{');
    while (at >= 0 && found.size() < TRIES) {
      int end = closing(text, at);
      if (end < 0) {
        found.add(text.substring(at));
        return found;
      }
      found.add(text.substring(at, end + 1));
      at = text.indexOf('{', end + 1);
    }
    return found;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    boolean quoted = false;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static String firstLine(JacksonException e) {
    String message = e.getOriginalMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
