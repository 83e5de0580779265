package dev.fettle.source.java;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads package and type declarations of a source without parsing it: words and braces only. */
final class DeclarationScan {
  private final String text;
  private final List<String> found = new ArrayList<>();
  private final Deque<Type> open = new ArrayDeque<>();
  private int at;
  private int depth;
  private String pkg = "";
  private String pending = "";

  private record Type(String name, int depth) {}

  private DeclarationScan(String text) {
    this.text = text;
  }

  /** Binary names of top-level and member types, in source order. */
  static List<String> types(String text) {
    DeclarationScan scan = new DeclarationScan(text);
    scan.run();
    return List.copyOf(scan.found);
  }

  private void run() {
    char before = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (skipped(c)) {
        continue;
      }
      if (Character.isJavaIdentifierStart(c)) {
        word(word(), before);
        before = 'w';
        continue;
      }
      brace(c);
      if (!Character.isWhitespace(c)) {
        before = c;
      }
      at++;
    }
  }

  private void brace(char c) {
    if (c == '{') {
      depth++;
      if (!pending.isEmpty()) {
        open.push(new Type(pending, depth));
        pending = "";
      }
    } else if (c == '}') {
      if (!open.isEmpty() && open.element().depth() == depth) {
        open.pop();
      }
      depth--;
    }
  }

  private void word(String word, char before) {
    switch (word) {
      case "package" -> {
        if (depth == 0 && found.isEmpty()) {
          int end = text.indexOf(';', at);
          pkg = end < 0 ? "" : text.substring(at, end).replaceAll("\\s", "") + ".";
        }
      }
      case "class", "interface", "enum", "record" -> {
        int member = open.isEmpty() ? 0 : open.element().depth();
        if (before != '.' && depth == member && pending.isEmpty()) {
          declare(word.equals("record"));
        }
      }
      default -> {}
    }
  }

  private void declare(boolean record) {
    int start = at;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == start || at >= text.length() || !Character.isJavaIdentifierStart(text.charAt(at))) {
      return;
    }
    String name = word();
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (record && (next >= text.length() || "(<".indexOf(text.charAt(next)) < 0)) {
      return;
    }
    pending = open.isEmpty() ? pkg + name : open.element().name() + "$" + name;
    found.add(pending);
  }

  private String word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Moves past a comment, string or character literal. */
  private boolean skipped(char c) {
    if (c == '/' && text.startsWith("//", at)) {
      at = orEnd(text.indexOf('\n', at));
    } else if (c == '/' && text.startsWith("/*", at)) {
      at = after(text.indexOf("*/", at + 2), 2);
    } else if (c == '"' && text.startsWith("\"\"\"", at)) {
      at = quoted("\"\"\"");
    } else if (c == '"' || c == '\'') {
      at = quoted(String.valueOf(c));
    } else {
      return false;
    }
    return true;
  }

  private int quoted(String quote) {
    int i = at + quote.length();
    while (i < text.length() && !text.startsWith(quote, i)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), i + quote.length());
  }

  private int orEnd(int found) {
    return found < 0 ? text.length() : found;
  }

  private int after(int found, int length) {
    return found < 0 ? text.length() : found + length;
  }
}
