package dev.fettle.lab;

/**
 * Thrown into code under test that ran longer than a test may take, at the next line of a main
 * class that it reaches: its trace tells where it was.
 */
public final class TookTooLong extends Error {
  private static final long serialVersionUID = 1;

  TookTooLong() {
    super("the test ran longer than one may take here");
  }
}
