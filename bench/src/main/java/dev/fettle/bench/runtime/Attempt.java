package dev.fettle.bench.runtime;

import org.jspecify.annotations.Nullable;

/**
 * One item under one setting.
 *
 * @param generalizes whether every extra test passed too; null unless they were run
 */
record Attempt(
    RuntimeItem item,
    Outcome outcome,
    DecisionJournal journal,
    AppliedHeals applied,
    @Nullable Boolean generalizes,
    ProgramRun run) {

  boolean healed() {
    return !applied.heals().isEmpty();
  }
}
