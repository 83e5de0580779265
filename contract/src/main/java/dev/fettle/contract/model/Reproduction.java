package dev.fettle.contract.model;

/** Whether the failure could be made to happen again in a test. */
public sealed interface Reproduction {
  /** The test fails with the same exception class in the same method and statement. */
  record Reproduced(TestDraft test) implements Reproduction {}

  /** No draft failed in the same way; {@code reason} says what was tried. */
  record NotReproduced(String reason) implements Reproduction {}
}
