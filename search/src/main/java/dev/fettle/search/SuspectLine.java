package dev.fettle.search;

/**
 * A line that may be at fault.
 *
 * @param path of an editable file
 * @param line 1-based
 * @param score in [0, 1]
 */
public record SuspectLine(String path, int line, double score) {
  public SuspectLine {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score outside [0, 1]: " + score);
    }
  }
}
