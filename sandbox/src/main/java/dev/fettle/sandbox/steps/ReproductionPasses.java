package dev.fettle.sandbox.steps;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The test that fails as the incident did passes with the candidate. */
record ReproductionPasses(Laboratory laboratory) implements ValidationStep {
  @Override
  public String oracle() {
    return "reproduction passes";
  }

  @Override
  public int cost() {
    return 50;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    Optional<TestDraft> test = repairCase.test();
    if (test.isEmpty()) {
      return new StepResult.NotApplicable("the incident has no reproduction");
    }
    TestDraft draft = test.get();
    return LabSteps.judge(
        laboratory,
        candidate,
        repairCase,
        new LabJob.Selection.Classes(draft.module(), List.of(draft.className())),
        Duration.ofSeconds(20),
        oracle(),
        ran -> judge(draft, ran));
  }

  private StepResult judge(TestDraft draft, LabReport.Ran ran) {
    if (!ran.failures().isEmpty()) {
      return new StepResult.Failed(LabSteps.named(oracle(), ran.failures()));
    }
    for (String method : draft.methods()) {
      boolean passed =
          ran.results().stream()
              .anyMatch(
                  r ->
                      r.status() == TestResult.Status.PASSED
                          && (r.method().equals(method) || r.method().startsWith(method + "[")));
      if (!passed) {
        return new StepResult.Failed(List.of(oracle() + ": " + method + " did not run"));
      }
    }
    return new StepResult.Passed(draft.className() + " passes (" + ran.mode() + ")");
  }
}
