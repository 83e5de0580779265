package dev.fettle.contract.spi;

import dev.fettle.contract.model.Candidate;
import java.util.stream.Stream;

/** Proposes patches. */
public interface PatchGenerator {
  /** Short and stable, for example {@code templates}. */
  String name();

  /**
   * Whether a candidate takes seconds to come. Such a generator begins its work when its stream is
   * opened and is waited for only when no other has a candidate.
   */
  default boolean slow() {
    return false;
  }

  /** Lazy; may be empty; may throw, which ends this generator only. */
  Stream<Candidate> candidates(RepairCase repairCase);
}
