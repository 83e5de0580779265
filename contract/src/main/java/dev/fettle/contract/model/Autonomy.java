package dev.fettle.contract.model;

/** How far a channel may go by itself. Ordered from least to most. */
public enum Autonomy {
  NEVER,
  ON_APPROVAL,
  AUTOMATIC;

  /** The stricter of the two. */
  public Autonomy min(Autonomy other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
