package dev.fettle.engine.monitor;

/**
 * A message without its data: what is quoted becomes {@code <str>}, words with digits {@code
 * <num>}, with an at sign {@code <email>}, with a scheme {@code <url>}. The first two lines count,
 * up to 1000 characters. One pass, linear in the length: messages are hostile.
 */
final class MessageShape {
  private static final int LONGEST = 1000;

  private MessageShape() {}

  static String of(String message) {
    String text = firstLines(message);
    StringBuilder shape = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int close = quoted(c) ? closing(text, at) : -1;
      if (close > at) {
        shape.append("<str>");
        at = close + 1;
      } else if (Character.isWhitespace(c)) {
        shape.append(' ');
        at++;
      } else if (separates(c)) {
        shape.append(c);
        at++;
      } else {
        int end = at + 1;
        while (end < text.length() && !ends(text.charAt(end))) {
          end++;
        }
        shape.append(word(text.substring(at, end)));
        at = end;
      }
    }
    return shape.toString();
  }

  private static String firstLines(String message) {
    String cut = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    int first = cut.indexOf('\n');
    int second = first < 0 ? -1 : cut.indexOf('\n', first + 1);
    return second < 0 ? cut : cut.substring(0, second);
  }

  /** An apostrophe inside a word never gets here: words are taken whole. */
  private static boolean quoted(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static int closing(String text, int open) {
    return text.indexOf(text.charAt(open), open + 1);
  }

  private static boolean separates(char c) {
    return "()[]{}<>,;=|".indexOf(c) >= 0 || quoted(c);
  }

  private static boolean ends(char c) {
    return Character.isWhitespace(c) || "()[]{}<>,;=|\"".indexOf(c) >= 0;
  }

  private static String word(String word) {
    if (word.contains("://")) {
      return "<url>";
    }
    if (word.indexOf('@') > 0) {
      return "<email>";
    }
    if (word.chars().anyMatch(Character::isDigit)) {
      return "<num>";
    }
    return word;
  }
}
