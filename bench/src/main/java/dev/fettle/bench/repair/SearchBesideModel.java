package dev.fettle.bench.repair;

import dev.fettle.search.Suggestions;

/**
 * Searches with what a language model suggests: its patches are judged and ranked together with the
 * search's, its expressions are completed. The model answers before the search begins, so that a
 * replay leads to the same search.
 */
public record SearchBesideModel(DataRun search, ModelRun model) implements Repairer {
  @Override
  public Outcome repair(Item item) {
    ModelRun.Asked asked = model.ask(item);
    Outcome found = search.repair(item, Suggestions.of(asked.suggestions()));
    return asked.note().isEmpty() ? found : found.noting("model: " + asked.note());
  }
}
