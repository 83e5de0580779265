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

  /** What there is to see of an incident's question. */
  sealed interface Sight {}

  /**
   * Exactly what would be sent about an incident; nothing is sent.
   *
   * @param model who would be asked; {@code none} where no model is configured
   * @param tokens estimated
   * @param embeddingModel who would be sent {@code texts}; empty where none is configured
   * @param texts that would be sent before for their vectors, by which other incidents may be found
   *     similar than the question tells here; empty once they are known
   */
  record Shown(
      String model,
      String prompt,
      String hash,
      int tokens,
      String system,
      String user,
      String schema,
      String embeddingModel,
      List<String> texts)
      implements Sight {}

  /** Nobody may be asked about the incident's repository, and why. */
  record Unasked(String why) implements Sight {}

  /** The ledger's account with its latest entries. */
  Account account(int latest);

  /** What would be sent; empty while the incident has no diagnosis or its revision is gone. */
  Optional<Sight> prompt(IncidentId incident);

  /** Passed answers as chat JSONL, of incidents that ended so; all when {@code only} is empty. */
  List<String> training(Set<String> only);
}
