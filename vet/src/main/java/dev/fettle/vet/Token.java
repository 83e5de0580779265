package dev.fettle.vet;

/**
 * Stands for a value that a contained snippet may hold, pass on and give back, but not look into.
 * Equal only to tokens of the same object.
 */
public final class Token {
  private final Object live;

  Token(Object live) {
    this.live = live;
  }

  Object live() {
    return live;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Token token && token.live == live;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(live);
  }

  @Override
  public String toString() {
    return "(opaque)";
  }
}
