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
  /** In effect somewhere; not confirmed, or taken back in part. */
  DELIVERED,
  /** Delivered, the project's own build passed with it, and nothing of it was taken back. */
  CONFIRMED,
  /** Delivered and taken back; at most a file that people apply by hand is left. */
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
