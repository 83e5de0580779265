package dev.fettle.bench.repair;

/** Repairs one item after the other. */
public sealed interface Repairer permits DataRun, ModelRun, SearchBesideModel {
  /** What became of an item. */
  Outcome repair(Item item);
}
