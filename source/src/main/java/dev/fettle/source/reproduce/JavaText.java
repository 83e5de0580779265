package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.List;

/** Captured characters as Java source. All ASCII, so that no file encoding can change them. */
final class JavaText {
  /** Far below the 65535 bytes of a class file's constant, even when every character is escaped. */
  private static final int CHUNK = 8000;

  private JavaText() {}

  /** An expression of type String. */
  static String string(String text) {
    if (text.length() <= CHUNK) {
      return quoted(text);
    }
    List<String> chunks = new ArrayList<>();
    for (int i = 0; i < text.length(); i += CHUNK) {
      chunks.add(quoted(text.substring(i, Math.min(text.length(), i + CHUNK))));
    }
    return "String.join(\"\", " + String.join(", ", chunks) + ")";
  }

  private static String quoted(String text) {
    StringBuilder s = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      s.append(c == '"' ? "\\\"" : c == '\'' ? "'" : escaped(c));
    }
    return s.append('"').toString();
  }

  static String character(char c) {
    return "'" + (c == '\'' ? "\\'" : c == '"' ? "\"" : escaped(c)) + "'";
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c >= ' ' && c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    };
  }

  /** One line that may stand in any comment: printable ASCII, at most {@code max} characters. */
  static String comment(String text, int max) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < text.length() && s.length() < max; i++) {
      char c = text.charAt(i);
      char safe = c >= ' ' && c < 127 ? c : ' ';
      boolean special = safe == '\\' || safe == '@' || safe == '<' || safe == '&';
      if (safe == '/' && s.length() > 0 && s.charAt(s.length() - 1) == '*') {
        s.append(' ');
      }
      s.append(special ? "?" : String.valueOf(safe));
    }
    return s.toString().strip();
  }

  /** A Java identifier that begins in lower case, made from any text. */
  static String variable(String hint) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < hint.length() && s.length() < 40; i++) {
      char c = hint.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        s.append(c);
      }
    }
    if (s.length() == 0 || !Character.isLetter(s.charAt(0))) {
      s.insert(0, "value");
    }
    int upper = 0;
    while (upper < s.length() && Character.isUpperCase(s.charAt(upper))) {
      upper++;
    }
    int lowered = upper == s.length() || upper <= 1 ? upper : upper - 1;
    for (int i = 0; i < lowered; i++) {
      s.setCharAt(i, Character.toLowerCase(s.charAt(i)));
    }
    String name = s.toString();
    return javax.lang.model.SourceVersion.isKeyword(name) || name.equals("record")
        ? name + "Value"
        : name;
  }
}
