package dev.fettle.source.mend;

import dev.fettle.contract.model.Replacement;
import java.util.List;

/**
 * An edit that may make a compiler error go away.
 *
 * @param replacements of one file, not overlapping
 * @param rationale one sentence for people
 * @param cost lower is likelier
 */
public record Mend(List<Replacement> replacements, String rationale, double cost) {
  public Mend {
    replacements = List.copyOf(replacements);
  }
}
