package dev.fettle.source.java;

import java.util.Arrays;

/** Line starts of a text. Lines end with LF, CR or CR LF. */
final class LineIndex {
  private final int[] starts;

  LineIndex(String text) {
    int[] found = new int[text.length() / 24 + 16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (ends) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    starts = Arrays.copyOf(found, count);
  }

  /** 1-based. */
  int lineOf(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  int start(int line) {
    return starts[Math.max(0, Math.min(line, starts.length) - 1)];
  }
}
