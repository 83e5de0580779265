package dev.fettle.bench.runtime;

/**
 * How one run ended.
 *
 * <p>The scores of <a href="https://arxiv.org/abs/2408.01055">Healer</a>, section 3.1: PROCEED
 * there is {@link #CORRECT} and {@link #WRONG} together.
 */
enum Outcome {
  /** Ended without an uncaught exception, with the expected output. */
  CORRECT,
  /** Ended without an uncaught exception, with another output. */
  WRONG,
  /** Raised, or did not end in time. */
  FAIL;

  /** Whether the program went on to its end. */
  public boolean proceeds() {
    return this != FAIL;
  }
}
