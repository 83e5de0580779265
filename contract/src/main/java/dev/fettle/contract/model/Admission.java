package dev.fettle.contract.model;

/** What became of a signal at the monitor. */
public sealed interface Admission {
  /** First of its kind: a new incident. */
  record Opened(Incident incident) implements Admission {}

  /**
   * Counted on a known incident.
   *
   * @param enriched whether this signal brought values that the incident lacked
   */
  record Duplicate(Incident incident, boolean enriched) implements Admission {}

  /** Counted and dropped, with the limit that was exceeded. */
  record Throttled(String limit) implements Admission {}
}
