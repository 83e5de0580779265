package dev.fettle.contract.model;

/** What the project's own build says of a patched copy. */
public sealed interface Confirmation {
  /** The build passed; {@code tests} ran. */
  record Confirmed(int tests, String command) implements Confirmation {}

  /** The build failed where it passes without the patch. */
  record Refuted(String detail) implements Confirmation {}

  /** The build could not be judged. */
  record Unconfirmed(String reason) implements Confirmation {}
}
