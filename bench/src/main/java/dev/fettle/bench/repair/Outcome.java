package dev.fettle.bench.repair;

import dev.fettle.bench.confidence.JudgedPatch;
import java.util.List;

/**
 * What became of an item.
 *
 * @param plausible whether the patch ranked first passes all visible tests
 * @param correct whether it passes all hidden tests too
 * @param rank of the first patch that passes the hidden tests, from 1; 0 when none of five does
 * @param firstMs wall time to the first plausible patch; -1 without one
 * @param sameAsReference whether the patched program is the reference, but for what makes no
 *     difference: see {@link Normalized}
 * @param patches the edits, best first
 * @param judged the same with their features and truth; only what records are written of
 */
public record Outcome(
    Item item,
    boolean plausible,
    boolean correct,
    int rank,
    long firstMs,
    long wallMs,
    long cpuNanos,
    long tried,
    long refused,
    int plausibleCount,
    boolean sameAsReference,
    List<String> patches,
    String note,
    List<JudgedPatch> judged) {

  /** The same with a further note. */
  Outcome noting(String further) {
    return new Outcome(
        item,
        plausible,
        correct,
        rank,
        firstMs,
        wallMs,
        cpuNanos,
        tried,
        refused,
        plausibleCount,
        sameAsReference,
        patches,
        note.isEmpty() ? further : note + "; " + further,
        judged);
  }
}
