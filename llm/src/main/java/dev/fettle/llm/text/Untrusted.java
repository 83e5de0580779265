package dev.fettle.llm.text;

import java.util.regex.Pattern;

/**
 * Text that somebody outside may have written, made fit to stand in a question: cut, without
 * control, bidirectional and zero-width characters, without secrets, and unable to close the tag
 * that marks where it came from. It is data for the model and never an instruction; nothing that a
 * model says because of it is obeyed either. Stateless.
 */
public final class Untrusted {
  /** The tags that mark origins, which no text may open or close by itself. */
  private static final Pattern TAG =
      Pattern.compile(
          "<(/(?:message|source|value|test|commit|past|evidence|error)\\b"
              + "|(?:message|source|value|test|commit|past|evidence|error)(?:>| origin))");

  private Untrusted() {}

  /** A line of people's words: message, name, subject. */
  public static String line(String text, int limit) {
    return cut(Redaction.masked(clean(text, false)), limit);
  }

  /** Several lines: logs, test output. */
  public static String block(String text, int limit) {
    return cut(Redaction.masked(clean(text, true)), limit);
  }

  /** Source code; kept letter by letter but for secrets and invisible characters. */
  public static String source(String text, int limit) {
    return cut(Redaction.maskedSource(clean(text, true)), limit);
  }

  /** Marks what a text is and where it came from; the text went through one of the above. */
  public static String tagged(String kind, String origin, String text) {
    return "<"
        + kind
        + " origin=\""
        + attribute(origin)
        + "\">\n"
        + text
        + (text.endsWith("\n") ? "" : "\n")
        + "</"
        + kind
        + ">";
  }

  private static String attribute(String origin) {
    String plain = clean(origin, false).replaceAll("[\"<>&]", "_");
    return plain.length() > 200 ? plain.substring(0, 200) : plain;
  }

  private static String cut(String masked, int limit) {
    String text = TAG.matcher(masked).replaceAll("<\\\\$1");
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + " [cut, " + text.length() + " characters]";
  }

  private static String clean(String text, boolean lines) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), 1 << 20));
    text.codePoints()
        .limit(1 << 20)
        .forEach(
            c -> {
              if (c == '\t' || (lines && c == '\n')) {
                clean.append((char) c);
              } else if (c == '\n' || c == '\r') {
                clean.append(lines ? "" : " ");
              } else if (visible(c)) {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  /** No control, format (bidirectional, zero-width, tags), private use, surrogate or filler. */
  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0;
    };
  }
}
