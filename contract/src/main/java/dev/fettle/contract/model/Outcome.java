package dev.fettle.contract.model;

import java.time.Instant;

/** What became of a delivery; unknown until observed. */
public record Outcome(DeliveryId delivery, Kind kind, String detail, Instant at) {
  /** The ends a delivery can come to. */
  public enum Kind {
    CONFIRMED,
    WITHDRAWN,
    MERGED,
    REJECTED,
    REVERTED,
    RECURRED,
    QUIET;

    /** Whether the delivery is no longer out there after it. */
    public boolean takesBack() {
      return this == WITHDRAWN || this == REJECTED || this == REVERTED;
    }
  }
}
