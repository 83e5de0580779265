package dev.fettle.engine.knowledge;

import java.util.Optional;

/** Where an incident stands, for people. */
public enum IncidentStatus {
  /** Counted; not understood yet. */
  OPEN,
  DIAGNOSED,
  REPRODUCED,
  /** A plausible patch waits for approval. */
  PROPOSED,
  DELIVERED,
  /** Delivered, and the project's own build passed with it. */
  CONFIRMED,
  /** Delivered and taken back. */
  WITHDRAWN,
  /** Tried, without a plausible patch. */
  UNREPAIRED,
  /** A plausible patch that no policy lets out. */
  WITHHELD,
  /** People said no. */
  REJECTED;

  /** The form in which an outcome's journal entry carries it: a JSON string. */
  public String data() {
    return '"' + name() + '"';
  }

  static Optional<IncidentStatus> read(String data) {
    for (IncidentStatus status : values()) {
      if (status.data().equals(data)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
