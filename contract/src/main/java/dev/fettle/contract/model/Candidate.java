package dev.fettle.contract.model;

/**
 * A patch that might repair an incident.
 *
 * @param generator who proposed it, for example {@code templates/GuardNullReceiver}
 * @param rationale one sentence for people: what it changes and why that should help
 * @param score in [0, 1]; higher is tried and ranked first
 */
public record Candidate(Patch patch, String generator, String rationale, double score) {
  public Candidate {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score outside [0, 1]: " + score);
    }
  }
}
