package dev.fettle.engine.validate;

import dev.fettle.contract.model.CaseFile.Judged;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What validation came to.
 *
 * @param judged in the order they were tried
 */
public record Selection(List<Judged> judged, Optional<Plausible> chosen) {
  public Selection {
    judged = List.copyOf(judged);
  }

  /** One line for people. */
  public String summary() {
    if (chosen.isPresent()) {
      Plausible best = chosen.get();
      return (best.proved() ? "proved: " : "plausible, unproved: ")
          + best.candidate().rationale()
          + " ("
          + tried()
          + ")";
    }
    if (judged.isEmpty()) {
      return "no candidate was proposed";
    }
    return "no plausible candidate (" + tried() + ")";
  }

  private String tried() {
    int invalid = 0;
    int implausible = 0;
    int inconclusive = 0;
    for (Judged one : judged) {
      Verdict verdict = one.verdict();
      if (verdict instanceof Verdict.Invalid) {
        invalid++;
      } else if (verdict instanceof Verdict.Implausible) {
        implausible++;
      } else if (verdict instanceof Verdict.Inconclusive) {
        inconclusive++;
      }
    }
    return judged.size()
        + " tried: "
        + invalid
        + " invalid, "
        + implausible
        + " implausible, "
        + inconclusive
        + " inconclusive";
  }
}
