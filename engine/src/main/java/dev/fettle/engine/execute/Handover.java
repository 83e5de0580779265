package dev.fettle.engine.execute;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one plausible patch in all channels.
 *
 * @param waiting channels that want approval
 */
public record Handover(List<DeliveryResult> results, List<String> waiting) {
  public Handover {
    results = List.copyOf(results);
    waiting = List.copyOf(waiting);
  }

  /** What left the house. */
  public List<Delivery> deliveries() {
    List<Delivery> delivered = new ArrayList<>();
    for (DeliveryResult result : results) {
      if (result instanceof DeliveryResult.Delivered d) {
        delivered.add(d.delivery());
      }
    }
    return delivered;
  }

  /** Rules that kept channels shut. */
  public List<String> rules() {
    List<String> rules = new ArrayList<>();
    for (DeliveryResult result : results) {
      if (result instanceof DeliveryResult.Withheld w) {
        rules.add(w.rule());
      }
    }
    return rules;
  }

  /** Whether a channel tried and failed. */
  public boolean failed() {
    return results.stream().anyMatch(r -> r instanceof DeliveryResult.Undelivered);
  }

  /** One line for people. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    for (DeliveryResult result : results) {
      if (result instanceof DeliveryResult.Delivered d) {
        parts.add(d.delivery().channel() + ": " + d.delivery().reference());
      } else if (result instanceof DeliveryResult.Withheld w) {
        parts.add(w.channel() + " withheld by " + w.rule());
      } else if (result instanceof DeliveryResult.Undelivered u) {
        parts.add(u.channel() + " failed: " + u.reason());
      }
    }
    waiting.forEach(c -> parts.add(c + " waits for approval"));
    return parts.isEmpty() ? "no channel" : String.join("; ", parts);
  }
}
