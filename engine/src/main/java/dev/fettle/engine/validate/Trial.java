package dev.fettle.engine.validate;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CaseFile.Fact;
import dev.fettle.contract.model.CaseFile.Judged;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Verdict;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.engine.confidence.ConfidenceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One candidate on its way through the steps. Confined to the validator's thread. */
final class Trial {
  private final Candidate candidate;
  private final RepairCase repairCase;
  private final ConfidenceModel learned;
  private final List<Fact> facts = new ArrayList<>();
  private @Nullable Verdict verdict;

  Trial(Candidate candidate, RepairCase repairCase, ConfidenceModel learned) {
    this.candidate = candidate;
    this.repairCase = repairCase;
    this.learned = learned;
  }

  Candidate candidate() {
    return candidate;
  }

  /** Whether no step has refused it so far. */
  boolean open() {
    return verdict == null;
  }

  /** Runs steps in order until one does not let the candidate pass. */
  void run(List<ValidationStep> steps) {
    for (ValidationStep step : steps) {
      if (!open()) {
        return;
      }
      StepResult result = check(step);
      facts.add(new Fact(step.oracle(), result));
      verdict = refusal(step, result);
    }
  }

  /** Ends an open trial that passed everything there is. */
  Optional<Plausible> conclude() {
    List<String> passed = passed();
    if (!open()) {
      return Optional.empty();
    }
    if (passed.isEmpty()) {
      verdict = new Verdict.Inconclusive("no oracle could judge it");
      return Optional.empty();
    }
    Plausible plausible = new Plausible(candidate, passed, confidence(), proof(), callers());
    verdict = plausible;
    return Optional.of(plausible);
  }

  Judged judged() {
    Verdict last = verdict;
    return new Judged(
        candidate,
        last == null
            ? new Verdict.Inconclusive("not judged to the end: another led, or the time was over")
            : last,
        facts);
  }

  /** Characters that the patch writes: the size of what people must read. */
  int size() {
    return candidate.patch().replacements().stream()
        .mapToInt((Replacement r) -> r.text().length() + r.expected().length())
        .sum();
  }

  /** A step that throws is our machinery failing. One of the firebreaks of the build. */
  private StepResult check(ValidationStep step) {
    try {
      return step.check(candidate, repairCase);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return new StepResult.Broken(e.toString());
    }
  }

  private static @Nullable Verdict refusal(ValidationStep step, StepResult result) {
    if (result instanceof StepResult.Rejected rejected) {
      return new Verdict.Invalid(step.oracle(), rejected.reason());
    }
    if (result instanceof StepResult.Failed failed) {
      return new Verdict.Implausible(failed.oracles());
    }
    if (result instanceof StepResult.Broken broken) {
      return new Verdict.Inconclusive(step.oracle() + ": " + broken.reason());
    }
    return null;
  }

  private List<String> passed() {
    return facts.stream()
        .filter(f -> f.result() instanceof StepResult.Passed)
        .map(Fact::oracle)
        .toList();
  }

  private String callers() {
    for (Fact fact : facts) {
      if (fact.oracle().equals(ValidationStep.CONTRACTS)
          && fact.result() instanceof StepResult.Passed pass) {
        return pass.fact();
      }
    }
    return "";
  }

  private Optional<TestDraft> proof() {
    return passed().contains(ValidationStep.REPRODUCTION) ? repairCase.test() : Optional.empty();
  }

  /**
   * Learned where the generator measured features of its patch. Else a rank for people: a proof
   * counts most, then a reproduction without stubs, then further oracles and the generator's own
   * order; each fact begins with what it adds.
   */
  private Confidence confidence() {
    Sum sum = new Sum();
    sum.add(0.1, "every oracle that could judge it let it pass");
    sum.add(0.15 * candidate.score(), "the generator's own order");
    Optional<TestDraft> proof = proof();
    if (proof.isPresent()) {
      sum.add(0.4, "a test fails without it and passes with it");
      if (proof.get().rung() == TestDraft.Rung.PURE_FRAME) {
        sum.add(0.1, "that test stubs nothing");
      }
    } else {
      sum.add(0, "unproved: no test reproduces the failure");
    }
    for (Fact fact : facts) {
      if (fact.result() instanceof StepResult.Passed pass) {
        sum.add(0.03, pass.fact());
      } else if (fact.result() instanceof StepResult.NotApplicable not) {
        sum.add(0, fact.oracle() + " did not apply: " + not.why());
      }
    }
    return learned
        .explain(candidate)
        .map(odds -> Confidence.learned(odds, sum.facts()))
        .orElseGet(sum::confidence);
  }

  /** What speaks for a candidate, added up in hundredths where people can follow. */
  private static final class Sum {
    private static final double MOST = 0.95;

    private record Part(double amount, String fact) {}

    private final List<Part> parts = new ArrayList<>();

    void add(double amount, String fact) {
      parts.add(new Part(amount, fact));
    }

    List<String> facts() {
      return parts.stream().skip(2).map(Part::fact).toList();
    }

    Confidence confidence() {
      double score = parts.stream().mapToDouble(Part::amount).sum();
      List<String> shown = new ArrayList<>();
      for (Part part : parts) {
        shown.add(
            part.amount == 0
                ? part.fact
                : String.format(Locale.ROOT, "+%.3f %s", part.amount, part.fact));
      }
      if (score > MOST) {
        shown.add(String.format(Locale.ROOT, "cut at %.2f", MOST));
      }
      shown.add("the score is uncalibrated: a rank, not a probability");
      return Confidence.counted(Math.min(score, MOST), shown);
    }
  }
}
