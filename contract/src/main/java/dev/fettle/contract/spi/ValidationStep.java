package dev.fettle.contract.spi;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.StepResult;

/** One oracle. Steps run cheapest first; the first refusal ends a candidate. */
public interface ValidationStep {
  /** Name of the oracle that runs the reproduction; passing it makes a plausible patch proved. */
  String REPRODUCTION = "reproduction passes";

  /** Name of the oracle that compares declarations; its fact says what changes for callers. */
  String CONTRACTS = "keeps contracts";

  /** The oracle's name, for example {@code compiles}. */
  String oracle();

  /** Relative cost; orders the steps. */
  int cost();

  StepResult check(Candidate candidate, RepairCase repairCase);
}
