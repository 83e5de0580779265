package dev.fettle.bench.runtime;

/**
 * One item under one setting.
 *
 * @param generalizes whether every extra test passed too; false unless they were run
 */
record Attempt(
    RuntimeItem item,
    Outcome outcome,
    DecisionJournal journal,
    AppliedHeals applied,
    boolean generalizes,
    ProgramRun run) {

  boolean healed() {
    return !applied.heals().isEmpty();
  }
}
