package dev.fettle.server.heal;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Snippets that did harm, by id; none of them is used again. Thread-safe. */
final class Withdrawn {
  private final Set<String> snippets = ConcurrentHashMap.newKeySet();

  /**
   * @param before those that did harm before this server started
   */
  Withdrawn(Collection<String> before) {
    snippets.addAll(before);
  }

  void add(String snippet) {
    snippets.add(snippet);
  }

  boolean holds(String snippet) {
    return snippets.contains(snippet);
  }
}
