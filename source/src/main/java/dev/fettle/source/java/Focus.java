package dev.fettle.source.java;

import java.util.Set;

/**
 * Which method bodies an opened file keeps. A body is kept when it covers one of the lines or its
 * method has one of the names; field initializers are always kept.
 *
 * @param all keep everything; then the sets are empty
 */
public record Focus(boolean all, Set<Integer> lines, Set<String> methods) {
  public Focus {
    lines = Set.copyOf(lines);
    methods = Set.copyOf(methods);
  }

  /** Every body. */
  public static Focus everything() {
    return new Focus(true, Set.of(), Set.of());
  }

  /** The bodies that cover any of the lines. */
  public static Focus lines(Integer... lines) {
    return new Focus(false, Set.of(lines), Set.of());
  }

  /** The bodies of all methods of these names; {@code <init>} for constructors. */
  public static Focus methods(String... names) {
    return new Focus(false, Set.of(), Set.of(names));
  }

  /** Only declarations. */
  public static Focus declarations() {
    return new Focus(false, Set.of(), Set.of());
  }

  boolean keeps(String method, int firstLine, int lastLine) {
    return all
        || methods.contains(method)
        || lines.stream().anyMatch(l -> l >= firstLine && l <= lastLine);
  }
}
