package dev.fettle.contract.model;

import java.util.List;

/** What validation says of a candidate. There is no "correct": tests cannot show it. */
public sealed interface Verdict
    permits Verdict.Invalid, Verdict.Implausible, Plausible, Verdict.Inconclusive {

  /** Does not apply, parse or compile, or is out of scope. */
  record Invalid(String step, String reason) implements Verdict {}

  /** Ran and failed. {@code failedOracles} is not empty. */
  record Implausible(List<String> failedOracles) implements Verdict {
    public Implausible {
      if (failedOracles.isEmpty()) {
        throw new IllegalArgumentException("needs a failed oracle");
      }
      failedOracles = List.copyOf(failedOracles);
    }
  }

  /** Our machinery failed; says nothing of the candidate. */
  record Inconclusive(String reason) implements Verdict {}
}
