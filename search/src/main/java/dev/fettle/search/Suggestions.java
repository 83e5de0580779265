package dev.fettle.search;

import java.util.List;

/** What others suggest while a search runs. Called on the searching thread, between batches. */
public interface Suggestions {
  /** What came since the last call, in order. */
  List<Suggestion> taken();

  /**
   * Whether something may still come that is worth the wait; asked when the search itself has
   * nothing left to do. Blocks for a moment at most.
   *
   * @param found whether something passes all tests already
   */
  boolean more(boolean found);

  /** Nobody suggests anything. */
  static Suggestions none() {
    return of(List.of());
  }

  /** These, at the start. */
  static Suggestions of(List<Suggestion> all) {
    List<Suggestion> once = new java.util.ArrayList<>(all);
    return new Suggestions() {
      @Override
      public List<Suggestion> taken() {
        List<Suggestion> taken = List.copyOf(once);
        once.clear();
        return taken;
      }

      @Override
      public boolean more(boolean found) {
        return !once.isEmpty();
      }
    };
  }
}
