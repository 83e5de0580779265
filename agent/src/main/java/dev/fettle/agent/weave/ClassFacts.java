package dev.fettle.agent.weave;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the observer needs to know of a woven class.
 *
 * @param boundary whether broad catches of the whole class do not count: a filter, an aspect, ...
 * @param catches by method name and descriptor, in order; methods without any are absent
 * @param woven names and descriptors of methods that report failures
 * @param boundaries names and descriptors of methods whose broad catches do not count
 */
public record ClassFacts(
    boolean boundary, Map<String, List<Catch>> catches, Set<String> woven, Set<String> boundaries) {
  public ClassFacts {
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

  /** Whether a broad catch in that method does not count. */
  public boolean isBoundary(String method) {
    return boundary || boundaries.contains(method);
  }
}
