package dev.fettle.contract.spi;

import dev.fettle.contract.model.Candidate;
import java.util.stream.Stream;

/** Proposes patches. */
public interface PatchGenerator {
  /** Short and stable, for example {@code templates}. */
  String name();

  /** Lazy; may be empty; may throw, which ends this generator only. */
  Stream<Candidate> candidates(RepairCase repairCase);
}
