package dev.fettle.source.mend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One error of the compiler.
 *
 * @param path relative to the tree's root
 * @param line 1-based
 * @param column 1-based, tabs count to the next multiple of 8
 * @param message javac's, in English, its lines joined by {@code |}
 */
public record Problem(String path, int line, int column, String message) {
  private static final int TAB = 8;
  private static final Pattern LINE = Pattern.compile("(.+?\\.java):(\\d+):(-?\\d+): (.*)");

  /** Reads {@code path:line:column: message} lines; others are left out. */
  public static List<Problem> parse(String diagnostics) {
    List<Problem> problems = new ArrayList<>();
    for (String text : diagnostics.split("\\R")) {
      Matcher m = LINE.matcher(text);
      if (m.matches()) {
        problems.add(
            new Problem(
                m.group(1),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3)),
                m.group(4)));
      }
    }
    return problems;
  }

  /** Where it points in a text; the end of the text when that is shorter. */
  int offset(String text) {
    int at = 0;
    for (int i = 1; i < line && at >= 0; i++) {
      int next = text.indexOf('\n', at);
      at = next < 0 ? text.length() : next + 1;
    }
    int seen = 1;
    while (at < text.length() && seen < column && text.charAt(at) != '\n') {
      seen = text.charAt(at) == '\t' ? (seen - 1) / TAB * TAB + TAB + 1 : seen + 1;
      at++;
    }
    return at;
  }

  /** What follows a label of the message, such as {@code symbol:}. */
  Optional<String> labeled(String label) {
    Matcher m = Pattern.compile(label + "\\s*([^|]*)").matcher(message);
    return m.find() ? Optional.of(m.group(1).strip()) : Optional.empty();
  }
}
