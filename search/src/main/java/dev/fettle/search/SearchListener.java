package dev.fettle.search;

/** Hears how a search goes. Called on the searching thread. */
public interface SearchListener {
  /**
   * After each batch.
   *
   * @param phase what is being tried
   * @param spentNanos by the engine's clock
   */
  void progress(String phase, long tried, int plausible, long spentNanos);

  /** One that hears nothing. */
  static SearchListener silent() {
    return (phase, tried, plausible, spentNanos) -> {};
  }
}
