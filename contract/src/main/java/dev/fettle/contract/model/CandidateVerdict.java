package dev.fettle.contract.model;

import java.util.List;

/**
 * What became of a candidate.
 *
 * @param passed indices of tests that passed, in the order of running
 * @param threw indices of tests that ended by an exception other than that of an assertion
 */
public record CandidateVerdict(int candidate, End end, List<Integer> passed, List<Integer> threw) {
  public CandidateVerdict {
    passed = List.copyOf(passed);
    threw = List.copyOf(threw);
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
    /** The compiler refused what it shares with others: it may be sound when it stands alone. */
    REFUSED_TOGETHER,
    /** It ran on in spite of the limits, until the JVM was ended. */
    STUCK
  }
}
