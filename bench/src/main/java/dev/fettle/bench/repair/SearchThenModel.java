package dev.fettle.bench.repair;

/** Asks a language model about what the search found no plausible patch for. */
public record SearchThenModel(DataRun search, ModelRun model) implements Repairer {
  @Override
  public Outcome repair(Item item) {
    Outcome found = search.repair(item);
    return found.plausible() ? found : model.repair(item);
  }
}
