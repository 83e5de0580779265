package dev.fettle.search;

import java.util.Comparator;
import java.util.List;

/** Replaces a span of a file's text; offsets are those of the unchanged text. */
record Edit(int start, int end, String text) {
  static final Comparator<Edit> BY_PLACE =
      Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end);

  boolean overlaps(Edit other) {
    return start < other.end && other.start < end
        || (start == other.start && end == other.end)
        || (start == end && other.start < start && start < other.end)
        || (other.start == other.end && start < other.start && other.start < end);
  }

  /** Without what stays the same at its ends. */
  Edit trimmed(String before) {
    int from = start;
    int to = end;
    int head = 0;
    int tail = text.length();
    while (from < to && head < tail && before.charAt(from) == text.charAt(head)) {
      from++;
      head++;
    }
    while (from < to && head < tail && before.charAt(to - 1) == text.charAt(tail - 1)) {
      to--;
      tail--;
    }
    return new Edit(from, to, text.substring(head, tail));
  }

  /** The span {@code from..to} of a text with sorted edits that lie in it. */
  static String apply(String text, int from, int to, List<Edit> sorted) {
    StringBuilder after = new StringBuilder(to - from + 64);
    int at = from;
    for (Edit edit : sorted) {
      after.append(text, at, edit.start()).append(edit.text());
      at = edit.end();
    }
    return after.append(text, at, to).toString();
  }
}
