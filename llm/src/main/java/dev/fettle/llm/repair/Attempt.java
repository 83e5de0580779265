package dev.fettle.llm.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.llm.text.Untrusted;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Judges a candidate by the validation steps before it is proposed, and words what was wrong for
 * the next attempt. A step whose machinery failed says nothing of the patch. What is proposed is
 * judged again by the engine. Thread-safe.
 */
public final class Attempt {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<ValidationStep> steps;
  private final Laboratory laboratory;

  public Attempt(List<ValidationStep> steps, Laboratory laboratory) {
    this.steps = steps.stream().sorted(Comparator.comparingInt(ValidationStep::cost)).toList();
    this.laboratory = laboratory;
  }

  /** A step's refusal. */
  record Refusal(String step, String evidence) {}

  /** The first refusal; empty when every step that could judge it let it pass. */
  Optional<Refusal> refusal(Candidate candidate, RepairCase repairCase) {
    for (ValidationStep step : steps) {
      StepResult result = step.check(candidate, repairCase);
      if (result instanceof StepResult.Rejected rejected) {
        return Optional.of(new Refusal(step.oracle(), rejected.reason()));
      }
      if (result instanceof StepResult.Failed failed) {
        String seen = seen(candidate, repairCase);
        String evidence = String.join(", ", failed.oracles()) + (seen.isEmpty() ? "" : "\n" + seen);
        return Optional.of(new Refusal(step.oracle(), evidence));
      }
    }
    return Optional.empty();
  }

  /** How the reproducing test ended with the patch. */
  private String seen(Candidate candidate, RepairCase repairCase) {
    if (repairCase.test().isEmpty()) {
      return "";
    }
    TestDraft test = repairCase.test().get();
    List<NewFile> added =
        repairCase.tree().text(test.path()).isPresent()
            ? List.of()
            : List.of(new NewFile(test.path(), test.text()));
    LabReport report =
        laboratory.run(
            new LabJob(
                repairCase.project(),
                Optional.of(candidate.patch()),
                added,
                new LabJob.Selection.Classes(test.module(), List.of(test.className())),
                LIMIT));
    if (report instanceof LabReport.NotCompiled not) {
      return Untrusted.block(not.diagnostics(), 1500);
    }
    if (report instanceof LabReport.Ran ran) {
      StringJoiner failures = new StringJoiner("\n");
      for (TestResult failure : ran.failures().stream().limit(3).toList()) {
        failures.add(
            failure.name()
                + ": "
                + failure.failure().map(f -> f.type() + ": " + f.message()).orElse("failed"));
      }
      return Untrusted.block(failures.toString(), 1500);
    }
    return report instanceof LabReport.TimedOut ? "ran out of time" : "";
  }
}
