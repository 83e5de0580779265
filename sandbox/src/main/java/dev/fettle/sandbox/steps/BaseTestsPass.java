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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every test that passes at the base revision still runs and passes: never fewer. No class fails as
 * a whole, before its tests or after them, that did not at the base revision.
 */
record BaseTestsPass(Laboratory laboratory, BaseTests base) implements ValidationStep {
  private static final Duration SUITE = Duration.ofMinutes(10);

  /** As the laboratory names what fails outside of test methods. */
  private static final String WHOLE_CLASS = "<class>";

  @Override
  public String oracle() {
    return "tests of the base revision";
  }

  @Override
  public int cost() {
    return 90;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    Optional<Set<String>> passing = base.passing(repairCase.project(), SUITE);
    if (passing.isEmpty()) {
      return new StepResult.Broken("the tests of the base revision could not be run");
    }
    if (passing.get().isEmpty()) {
      return new StepResult.NotApplicable("no test of the base revision passes");
    }
    LabJob job = LabSteps.job(candidate, repairCase, new LabJob.Selection.All(), SUITE);
    return LabSteps.judge(
        laboratory,
        job,
        oracle(),
        ran -> judge(ran, passing.get(), base.unreached(job), base.leftOut(repairCase.project())));
  }

  private StepResult judge(
      LabReport.Ran ran, Set<String> passing, Set<String> unreached, List<String> leftOut) {
    Set<String> passed =
        ran.results().stream()
            .filter(r -> r.status() == TestResult.Status.PASSED)
            .map(TestResult::name)
            .collect(Collectors.toSet());
    List<String> failed = new ArrayList<>();
    int beyond = 0;
    for (String test : passing) {
      if (unreached.contains(test.replaceAll("[#$].*", ""))) {
        beyond++;
      } else if (!passed.contains(test) && failed.size() < 10) {
        failed.add(oracle() + ": " + test + how(ran, test));
      }
    }
    for (TestResult result : ran.failures()) {
      if (result.method().equals(WHOLE_CLASS)
          && !leftOut.contains(result.name())
          && failed.size() < 10) {
        failed.add(oracle() + ": " + result.name() + how(ran, result.name()));
      }
    }
    if (!failed.isEmpty()) {
      return new StepResult.Failed(failed);
    }
    String without =
        leftOut.isEmpty()
            ? ""
            : "; left out, as they fail or are unstable without the patch: "
                + String.join(", ", leftOut.stream().limit(10).toList());
    String apart = beyond == 0 ? "" : ", " + beyond + " of them as they never enter what changed";
    return new StepResult.Passed(
        passing.size()
            + " tests of the base revision pass"
            + apart
            + " ("
            + ran.mode()
            + ")"
            + without);
  }

  private static String how(LabReport.Ran ran, String test) {
    return ran.failures().stream()
        .filter(r -> r.name().equals(test))
        .findFirst()
        .flatMap(TestResult::failure)
        .map(f -> " (" + f.type() + ")")
        .orElse(" did not run");
  }
}
