package dev.fettle.contract.model;

/** What came of taking a delivery back. Each case has one line for people. */
public sealed interface Withdrawal {
  String detail();

  /** What was delivered is no longer out there; it may have been gone before. */
  record Undone(String detail) implements Withdrawal {}

  /** It is out there still, or may be. */
  record Stands(String detail) implements Withdrawal {}
}
