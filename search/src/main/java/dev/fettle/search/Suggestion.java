package dev.fettle.search;

import dev.fettle.contract.model.Patch;

/** Something that another generator believes in, to be completed and proved by the search. */
public sealed interface Suggestion {
  /**
   * A whole patch. Judged and ranked like one of the search's own.
   *
   * @param generator who proposed it, as in {@link dev.fettle.contract.model.Candidate}
   * @param rationale one sentence for people
   */
  record Whole(Patch patch, String generator, String rationale) implements Suggestion {}

  /**
   * A condition that may tell when the program fails.
   *
   * @param text a Java expression that was checked to be one and to have no effects
   */
  record Condition(String text) implements Suggestion {}

  /**
   * An expression that a right repair may need.
   *
   * @param text as for a condition
   */
  record Ingredient(String text) implements Suggestion {}
}
