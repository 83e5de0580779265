package dev.fettle.contract.model;

/**
 * A span of source.
 *
 * @param path relative to the tree's root, with {@code /}
 * @param className binary name of the innermost class around it
 * @param method name of the method around it; {@code <init>}, {@code <clinit>}, or empty
 * @param descriptor JVM descriptor of that method; empty when unknown
 * @param line 1-based line of {@code start}
 * @param start offset of the first character, inclusive, in UTF-16 units
 * @param end offset after the last character
 */
public record SourcePlace(
    String path, String className, String method, String descriptor, int line, int start, int end) {
  public SourcePlace {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + ".." + end + " in " + path);
    }
  }

  /** {@code path:line}, for people. */
  public String display() {
    return path + ":" + line;
  }
}
