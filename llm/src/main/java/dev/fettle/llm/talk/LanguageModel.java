package dev.fettle.llm.talk;

import dev.fettle.llm.settings.ModelBudget;

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

  /**
   * The same model within a further budget, such as the one of a repository; what was spent before
   * counts. A model that costs nothing is as it was.
   */
  default LanguageModel within(ModelBudget narrower) {
    return this;
  }
}
