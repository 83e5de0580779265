package dev.fettle.lab.search;

/** A test that cannot be run alone: it says nothing about a program. Known by name elsewhere. */
final class NotRun extends AssertionError {
  private static final long serialVersionUID = 1;

  NotRun(String message) {
    super(message);
  }
}
