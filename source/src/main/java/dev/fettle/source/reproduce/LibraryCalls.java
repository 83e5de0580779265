package dev.fettle.source.reproduce;

import java.util.Set;

/** How methods of the JDK's collections, streams and optionals treat the values they are given. */
final class LibraryCalls {
  private static final Set<String> KEEPS_ELEMENTS =
      Set.of(
          "stream",
          "parallelStream",
          "filter",
          "sorted",
          "peek",
          "distinct",
          "limit",
          "skip",
          "iterator",
          "sequential",
          "parallel",
          "unordered",
          "reversed",
          "listIterator",
          "asList",
          "copyOf",
          "takeWhile",
          "dropWhile",
          "unmodifiableList",
          "toList",
          "values");
  private static final Set<String> TAKES_ELEMENT =
      Set.of(
          "next",
          "get",
          "getFirst",
          "getLast",
          "remove",
          "removeFirst",
          "removeLast",
          "poll",
          "peek",
          "pop",
          "element",
          "first",
          "last",
          "previous",
          "getOne");
  private static final Set<String> UNWRAPS =
      Set.of("get", "orElse", "orElseThrow", "orElseGet", "getAsInt", "getAsLong", "getAsDouble");
  private static final Set<String> PASSES_THROUGH =
      Set.of("requireNonNull", "requireNonNullElse", "requireNonNullElseGet", "valueOf", "notNull");

  private LibraryCalls() {}

  /** Whether what it returns holds elements of its receiver, unchanged. */
  static boolean keepsElements(String method) {
    return KEEPS_ELEMENTS.contains(method);
  }

  /** Whether it returns one element of its receiver. */
  static boolean takesElement(String method) {
    return TAKES_ELEMENT.contains(method);
  }

  /** Whether it returns what its receiver, an optional, holds. */
  static boolean unwraps(String method) {
    return UNWRAPS.contains(method);
  }

  /** Whether it returns its first argument. */
  static boolean passesThrough(String method) {
    return PASSES_THROUGH.contains(method);
  }
}
