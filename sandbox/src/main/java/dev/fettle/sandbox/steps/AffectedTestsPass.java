package dev.fettle.sandbox.steps;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Tests that enter what the candidate changes pass; those that start a context come later. */
record AffectedTestsPass(Laboratory laboratory, BaseTests base) implements ValidationStep {
  @Override
  public String oracle() {
    return "affected tests";
  }

  @Override
  public int cost() {
    return 70;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    return LabSteps.judge(
        laboratory,
        candidate,
        repairCase,
        new LabJob.Selection.Affected(),
        Duration.ofMinutes(2),
        oracle(),
        ran -> judge(ran, Set.copyOf(base.leftOut(repairCase.project()))));
  }

  private StepResult judge(LabReport.Ran ran, Set<String> leftOut) {
    List<TestResult> failed =
        ran.failures().stream().filter(r -> !leftOut.contains(r.name())).toList();
    return failed.isEmpty()
        ? new StepResult.Passed(ran.results().size() + " affected tests pass (" + ran.mode() + ")")
        : new StepResult.Failed(LabSteps.named(oracle(), failed));
  }
}
