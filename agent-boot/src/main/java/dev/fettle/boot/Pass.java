package dev.fettle.boot;

/**
 * How many of the next throwables of one handler nobody needs to hear of, because its method throws
 * what its callers expect all the time. Read by woven code, granted by the {@link Observer}. Counts
 * may be off by a few; thread-safe.
 */
public final class Pass {
  private int granted;
  private int left;

  /** Lets so many go by from now on. */
  public void grant(int throwables) {
    granted = throwables;
    left = throwables;
  }

  /** How many went by since the last {@link #grant}. */
  public int used() {
    return granted - Math.max(0, left);
  }

  /** Whether one more may go by. */
  boolean take() {
    int now = left;
    if (now <= 0) {
      return false;
    }
    left = now - 1;
    return true;
  }
}
