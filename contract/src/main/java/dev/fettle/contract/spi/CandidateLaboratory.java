package dev.fettle.contract.spi;

import dev.fettle.contract.model.TrialProgram;

/** Judges candidates by the hundred. Thread-safe. */
public interface CandidateLaboratory {
  /**
   * Prepares a program in a child of its own, or in a warm one of the same project.
   *
   * @throws CandidateBench.Unusable when the program or a test does not compile, or the child fails
   */
  CandidateBench open(TrialProgram program) throws CandidateBench.Unusable;
}
