package dev.fettle.engine.plan;

import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import java.util.List;

/** Merges what all generators propose into one ranked stream. Immutable. */
public final class CandidatePlanner {
  private final List<PatchGenerator> generators;
  private final int limit;

  /**
   * @param limit candidates per incident
   */
  public CandidatePlanner(List<PatchGenerator> generators, int limit) {
    this.generators = List.copyOf(generators);
    this.limit = limit;
  }

  /** Opens the generators' streams; the caller closes the plan. */
  public Plan plan(RepairCase repairCase) {
    return new Plan(generators, repairCase, limit);
  }
}
