package dev.fettle.engine.loop;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Plausible;
import dev.fettle.engine.knowledge.IncidentStatus;
import java.util.List;

/** Where the road ended for an incident. */
public sealed interface Resolution {
  IncidentId incident();

  /** One line for people. */
  String detail();

  /**
   * Delivered; the project's own build has still to confirm it.
   *
   * @param waiting channels that want approval; may be empty
   * @param failed whether another channel tried and failed
   */
  record Repaired(
      IncidentId incident,
      List<Delivery> deliveries,
      List<String> waiting,
      boolean failed,
      String detail)
      implements Resolution {
    public Repaired {
      if (deliveries.isEmpty()) {
        throw new IllegalArgumentException("repaired without a delivery: " + incident);
      }
      deliveries = List.copyOf(deliveries);
      waiting = List.copyOf(waiting);
    }
  }

  /** A plausible patch waits until people approve it for the channels. */
  record Proposed(IncidentId incident, Plausible plausible, List<String> waiting)
      implements Resolution {
    public Proposed {
      waiting = List.copyOf(waiting);
    }

    @Override
    public String detail() {
      return "waits for approval: " + String.join(", ", waiting);
    }
  }

  /** A plausible patch that policy lets out nowhere. */
  record Withheld(IncidentId incident, List<String> rules) implements Resolution {
    public Withheld {
      rules = List.copyOf(rules);
    }

    @Override
    public String detail() {
      return "withheld by " + String.join("; ", rules);
    }
  }

  /** Understood, but no plausible patch, or it could not be delivered. */
  record Unrepaired(IncidentId incident, int tried, String reason) implements Resolution {
    @Override
    public String detail() {
      return reason;
    }
  }

  /** Not understood: no revision, no build, no application frame. */
  record Undiagnosed(IncidentId incident, String reason) implements Resolution {
    @Override
    public String detail() {
      return reason;
    }
  }

  /** Whether the attempt is over; deliveries are still confirmed, proposals still decided. */
  default boolean ended() {
    return !(this instanceof Repaired || this instanceof Proposed);
  }

  /** How the journal names this end. */
  default IncidentStatus status() {
    if (this instanceof Repaired) {
      return IncidentStatus.DELIVERED;
    }
    if (this instanceof Proposed) {
      return IncidentStatus.PROPOSED;
    }
    return this instanceof Withheld ? IncidentStatus.WITHHELD : IncidentStatus.UNREPAIRED;
  }
}
