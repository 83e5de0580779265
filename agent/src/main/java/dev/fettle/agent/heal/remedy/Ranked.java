package dev.fettle.agent.heal.remedy;

import java.util.List;
import java.util.function.Supplier;

/**
 * A remedy that fits a place.
 *
 * @param confidence that it is right, in [0, 1]
 * @param evidence what that was counted from
 */
record Ranked(Remedy remedy, Plan plan, double confidence, Supplier<List<String>> evidence) {
  /** One that nothing was counted for. */
  Ranked(Remedy remedy, Plan plan, double confidence) {
    this(remedy, plan, confidence, List::of);
  }
}
