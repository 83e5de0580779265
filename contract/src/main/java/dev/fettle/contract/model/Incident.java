package dev.fettle.contract.model;

import java.time.Instant;

/**
 * A failure of a service, grouped from signals.
 *
 * @param title one line: exception type and place
 * @param count occurrences seen, at least 1
 * @param sample the richest signal seen: values before traces, first before later
 */
public record Incident(
    IncidentId id,
    Fingerprint fingerprint,
    String title,
    Instant firstSeen,
    Instant lastSeen,
    long count,
    Signal sample) {

  /** The sampled exception; an incident always has one. */
  public CapturedException exception() {
    CapturedException e = sample.exception();
    if (e == null) {
      throw new IllegalStateException("incident " + id + " has a sample without an exception");
    }
    return e;
  }
}
