package dev.fettle.llm.context;

/**
 * Lines of a file under a short name.
 *
 * @param name one or two upper-case letters
 * @param firstLine 1-based
 * @param lastLine inclusive
 * @param editable whether an answer may replace lines of it
 * @param what for the model: {@code method Cart.total}
 */
public record Span(
    String name, String path, int firstLine, int lastLine, boolean editable, String what) {
  public Span {
    if (firstLine < 1 || lastLine < firstLine) {
      throw new IllegalArgumentException("not lines: " + firstLine + ".." + lastLine);
    }
  }

  /** The name of the n-th span, from 0. */
  static String name(int n) {
    return n < 26 ? String.valueOf((char) ('A' + n)) : "Z" + (char) ('A' + n % 26);
  }

  /** Whether a line lies in it. */
  public boolean holds(int line) {
    return line >= firstLine && line <= lastLine;
  }
}
