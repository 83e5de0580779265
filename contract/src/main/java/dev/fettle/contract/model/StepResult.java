package dev.fettle.contract.model;

import java.util.List;

/** What one validation step says. */
public sealed interface StepResult {
  /** Passed; {@code fact} is one sentence of evidence. */
  record Passed(String fact) implements StepResult {}

  /** Does not apply, parse, compile, or is out of scope. */
  record Rejected(String reason) implements StepResult {}

  /** Oracles failed; at least one name. */
  record Failed(List<String> oracles) implements StepResult {
    public Failed {
      if (oracles.isEmpty()) {
        throw new IllegalArgumentException("needs a failed oracle");
      }
      oracles = List.copyOf(oracles);
    }
  }

  /** Does not apply to this case, for example no reproduction exists. */
  record NotApplicable(String why) implements StepResult {}

  /** Our machinery failed. */
  record Broken(String reason) implements StepResult {}
}
