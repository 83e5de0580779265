package dev.fettle.contract.model;

import java.util.List;

/**
 * What became of a candidate.
 *
 * @param passed indices of tests that passed, in the order of running
 */
public record CandidateVerdict(int candidate, End end, List<Integer> passed) {
  public CandidateVerdict {
    passed = List.copyOf(passed);
  }

  /** Ends of a candidate. */
  public enum End {
    /** All tests that were asked for. */
    PASSED,
    FAILED,
    /** A test reached the limit on steps or memory and none failed otherwise. */
    EXHAUSTED,
    /** The compiler refused it. */
    REFUSED,
    /** It ran on in spite of the limits, until the JVM was ended. */
    STUCK
  }
}
