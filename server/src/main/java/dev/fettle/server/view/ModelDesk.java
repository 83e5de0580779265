package dev.fettle.server.view;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.llm.client.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people may see of the language model. Thread-safe. */
public interface ModelDesk {
  /**
   * What asking came to.
   *
   * @param model {@code provider:model}, or {@code none}
   * @param usedToday tokens of this UTC day
   * @param cost of all entries, in the currency of the configured prices
   * @param entries the latest, oldest first
   */
  record Account(
      String model, long usedToday, long tokensPerDay, double cost, List<Ledger.Entry> entries) {}

  /**
   * Exactly what would be sent about an incident; nothing is sent.
   *
   * @param tokens estimated
   */
  record Shown(String prompt, String hash, int tokens, String system, String user, String schema) {}

  /** The ledger's account with its latest entries. */
  Account account(int latest);

  /** What would be sent; empty while the incident has no diagnosis or its revision is gone. */
  Optional<Shown> prompt(IncidentId incident);

  /** Passed answers as chat JSONL, of incidents that ended so; all when {@code only} is empty. */
  List<String> training(Set<String> only);
}
