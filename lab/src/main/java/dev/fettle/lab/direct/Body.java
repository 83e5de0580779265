package dev.fettle.lab.direct;

/** Something of the code under test to call. */
interface Body {
  void call() throws Throwable;

  /** Does nothing. */
  Body NOTHING = () -> {};
}
