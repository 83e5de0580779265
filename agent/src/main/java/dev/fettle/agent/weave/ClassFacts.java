package dev.fettle.agent.weave;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the observer needs to know of a woven class.
 *
 * @param boundary whether broad catches of the whole class do not count: a filter, an aspect, ...
 * @param catches by method name and descriptor, in order; methods without any are absent
 * @param early by method name and descriptor: what is reported before the method's own handlers
 * @param woven names and descriptors of methods that report failures
 * @param boundaries names and descriptors of methods whose broad catches do not count
 */
public record ClassFacts(
    boolean boundary,
    Map<String, List<Catch>> catches,
    Map<String, List<Early>> early,
    Set<String> woven,
    Set<String> boundaries) {
  /**
   * Code whose failures are reported before a {@code finally} or the like of the same method.
   *
   * @param from first bytecode index; that of woven handlers too
   * @param to after the last
   * @param clauses of the method that may catch them after that, innermost first
   */
  public record Early(int from, int to, List<Catch> clauses) {
    public Early {
      clauses = List.copyOf(clauses);
    }
  }

  public ClassFacts {
    early = Map.copyOf(early);
    catches = Map.copyOf(catches);
    woven = Set.copyOf(woven);
    boundaries = Set.copyOf(boundaries);
  }

  /** Catch clauses around a bytecode index, innermost first. */
  public List<Catch> around(String method, int index) {
    return catches.getOrDefault(method, List.of()).stream()
        .filter(c -> c.from() <= index && index < c.to())
        .toList();
  }

  /** Clauses that may catch a failure after it was reported at that index, innermost first. */
  public List<Catch> after(String method, int index) {
    return early.getOrDefault(method, List.of()).stream()
        .filter(e -> e.from <= index && index < e.to)
        .findFirst()
        .map(Early::clauses)
        .orElse(List.of());
  }

  /** Whether a broad catch in that method does not count. */
  public boolean isBoundary(String method) {
    return boundary || boundaries.contains(method);
  }
}
