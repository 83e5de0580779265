package dev.fettle.llm.talk;

/** Something that answers questions. Nothing it says is trusted. Thread-safe. */
public interface LanguageModel {
  /** For people and ledgers: {@code provider:model}. */
  String name();

  /**
   * Asks and waits at most until the deadline. Never throws for what the other side does.
   *
   * <p>An interrupted thread ends the wait; its interrupt flag stays set.
   */
  Reply ask(Question question, Deadline deadline);
}
