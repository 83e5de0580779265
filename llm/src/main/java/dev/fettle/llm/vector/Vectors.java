package dev.fettle.llm.vector;

import java.util.List;
import java.util.Map;

/** Vectors of texts, as far as there are any. */
public interface Vectors {
  /**
   * Vectors by text, all of the length that the first text's has; those that cannot be had are left
   * out, all of them where the first text has none.
   */
  Map<String, float[]> of(List<String> texts);

  /** Whether there can be any. */
  default boolean any() {
    return true;
  }

  /** Has none. */
  static Vectors none() {
    return new Vectors() {
      @Override
      public Map<String, float[]> of(List<String> texts) {
        return Map.of();
      }

      @Override
      public boolean any() {
        return false;
      }
    };
  }
}
