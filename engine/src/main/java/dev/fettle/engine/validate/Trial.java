package dev.fettle.engine.validate;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CaseFile.Fact;
import dev.fettle.contract.model.CaseFile.Judged;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.LogOdds;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One candidate on its way through the steps. Confined to the validator's thread. */
final class Trial {
  // Log-odds that were set and not learned: docs/confidence.md.
  private static final double BASE = -2.4;
  private static final double PROVED = 2.4;
  private static final double PURE = 0.6;
  private static final double EACH_ORACLE = 0.18;
  private static final double ORDER = 0.9;

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

  /** Learned where the generator measured features of its patch, else by assumed weights. */
  private Confidence confidence() {
    return Confidence.explained(learned.explain(candidate).orElseGet(this::assumed), counted());
  }

  /**
   * What speaks for a patch of which no features were measured: a proof counts most, then a
   * reproduction without stubs, then every oracle that let it pass and the generator's own order.
   */
  private LogOdds assumed() {
    Optional<TestDraft> proof = proof();
    int passed = passed().size();
    double order = candidate.score();
    int proved = proof.isPresent() ? 1 : 0;
    int pure = proof.filter(p -> p.rung() == TestDraft.Rung.PURE_FRAME).isPresent() ? 1 : 0;
    return LogOdds.assumed(
        BASE,
        List.of(
            new LogOdds.Contribution("proved by a test", proved, PROVED * proved),
            new LogOdds.Contribution("that test stubs nothing", pure, PURE * pure),
            new LogOdds.Contribution("oracles passed", passed, EACH_ORACLE * passed),
            new LogOdds.Contribution("the generator's own order", order, ORDER * order)));
  }

  /** What was counted, a sentence each. */
  private List<String> counted() {
    List<String> sentences = new ArrayList<>();
    Optional<TestDraft> proof = proof();
    if (proof.isPresent()) {
      sentences.add("a test fails without it and passes with it");
      if (proof.get().rung() == TestDraft.Rung.PURE_FRAME) {
        sentences.add("that test stubs nothing");
      }
    } else {
      sentences.add("unproved: no test reproduces the failure");
    }
    for (Fact fact : facts) {
      if (fact.result() instanceof StepResult.Passed pass) {
        sentences.add(pass.fact());
      } else if (fact.result() instanceof StepResult.NotApplicable not) {
        sentences.add(fact.oracle() + " did not apply: " + not.why());
      }
    }
    return sentences;
  }
}
