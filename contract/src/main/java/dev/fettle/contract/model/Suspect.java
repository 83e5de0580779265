package dev.fettle.contract.model;

import java.util.List;

/**
 * A place that may be at fault.
 *
 * @param suspiciousness in [0, 1]
 * @param role what the place did
 * @param evidence why, one sentence each, at least one
 */
public record Suspect(SourcePlace place, double suspiciousness, Role role, List<String> evidence) {

  /** How a suspect takes part in the failure. */
  public enum Role {
    /** The statement that threw. */
    FAILED,
    /** Produced the bad value. */
    PRODUCER,
    /** Passed the bad value on. */
    CALLER,
    /** Leaked a resource that the failing place then lacked. */
    LEAK
  }

  public Suspect {
    if (!(suspiciousness >= 0 && suspiciousness <= 1)) {
      throw new IllegalArgumentException("suspiciousness outside [0, 1]: " + suspiciousness);
    }
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("a suspect needs evidence: " + place.display());
    }
    evidence = List.copyOf(evidence);
  }
}
