package dev.fettle.contract.model;

/**
 * Replaces a span of one file. An insertion has {@code start == end}.
 *
 * @param path relative to the tree's root, with {@code /}
 * @param start offset of the first replaced character in UTF-16 units
 * @param end offset after the last
 * @param expected the text that must stand there now
 * @param text what stands there afterwards
 */
public record Replacement(String path, int start, int end, String expected, String text) {
  public Replacement {
    if (start < 0 || end - start != expected.length()) {
      throw new IllegalArgumentException(
          "span " + start + ".." + end + " does not fit the expected text: " + expected);
    }
  }
}
