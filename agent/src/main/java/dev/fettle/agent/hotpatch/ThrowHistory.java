package dev.fettle.agent.hotpatch;

import java.time.Duration;
import java.util.Set;

/** What the capture side saw leave a method before it was patched. */
public interface ThrowHistory {
  /** Nothing is known. */
  ThrowHistory UNKNOWN = (className, method, window) -> new Seen(0, Set.of());

  /**
   * Throwables that left the method in the last {@code window}.
   *
   * @param className binary name
   */
  Seen left(String className, String method, Duration window);

  /** Their number and class names. */
  record Seen(long count, Set<String> classes) {
    public Seen {
      classes = Set.copyOf(classes);
    }
  }
}
