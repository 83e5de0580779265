package dev.fettle.search;

import dev.fettle.contract.spi.CandidateBench;
import java.util.List;

/**
 * What a search found.
 *
 * @param patches best first
 * @param plausible how many candidates passed all tests, equal texts counted once
 * @param tried candidates that were compiled and run to a verdict
 * @param refused candidates that the compiler refused
 * @param firstPlausibleNanos by the engine's clock, since the start; -1 when there was none
 * @param spentNanos by the engine's clock
 * @param laboratory what its time went into
 * @param synthesis how conditions were looked for
 * @param phases where the time went
 * @param note why nothing was searched, or the search ended early; empty otherwise
 */
public record SearchReport(
    List<RankedPatch> patches,
    int plausible,
    long tried,
    long refused,
    long firstPlausibleNanos,
    long spentNanos,
    CandidateBench.Spent laboratory,
    Synthesis synthesis,
    Phases phases,
    String note) {
  /**
   * Where the time of the engine went, in nanoseconds of its clock; the rest made candidates.
   *
   * @param opening files and their sites
   * @param judging batches
   * @param asking what conditions would have to say
   * @param ranking what passed
   */
  public record Phases(long opening, long judging, long asking, long ranking) {}

  /**
   * Conditions from recorded values.
   *
   * @param places that were looked at
   * @param turned those of them at which other answers make a failing test pass
   * @param conditions that were built
   */
  public record Synthesis(int places, int turned, long conditions) {}

  public SearchReport {
    patches = List.copyOf(patches);
  }

  static SearchReport nothing(String note) {
    return new SearchReport(
        List.of(),
        0,
        0,
        0,
        -1,
        0,
        new CandidateBench.Spent(0, 0, 0),
        new Synthesis(0, 0, 0),
        new Phases(0, 0, 0, 0),
        note);
  }
}
