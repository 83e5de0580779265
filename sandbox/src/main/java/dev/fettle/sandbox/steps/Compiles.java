package dev.fettle.sandbox.steps;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.time.Duration;

/** The project's own JDK compiles the candidate with the build's flags and processors. */
record Compiles(Laboratory laboratory) implements ValidationStep {
  @Override
  public String oracle() {
    return "compiles";
  }

  @Override
  public int cost() {
    return 30;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    return LabSteps.judge(
        laboratory,
        candidate,
        repairCase,
        new LabJob.Selection.None(),
        Duration.ofMinutes(1),
        oracle(),
        ran -> new StepResult.Passed("compiles to " + ran.classes().size() + " changed classes"));
  }
}
