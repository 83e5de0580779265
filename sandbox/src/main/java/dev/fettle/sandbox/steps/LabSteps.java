package dev.fettle.sandbox.steps;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps that run code, cheapest first. All share one compilation of a candidate. */
public final class LabSteps {
  private LabSteps() {}

  public static List<ValidationStep> all(Laboratory laboratory, BaseTests base) {
    return List.of(
        new Compiles(laboratory),
        new ReproductionPasses(laboratory),
        new AffectedTestsPass(laboratory, base),
        new BaseTestsPass(laboratory, base));
  }

  /** The candidate's report, or what a step says when there is none to judge. */
  static StepResult judge(
      Laboratory laboratory,
      Candidate candidate,
      RepairCase repairCase,
      LabJob.Selection selection,
      Duration timeout,
      String oracle,
      Function<LabReport.Ran, StepResult> judgement) {
    return judge(laboratory, job(candidate, repairCase, selection, timeout), oracle, judgement);
  }

  /** The candidate and the reproduction, laid over the project. */
  static LabJob job(
      Candidate candidate, RepairCase repairCase, LabJob.Selection selection, Duration timeout) {
    return new LabJob(
        repairCase.project(),
        Optional.of(candidate.patch()),
        added(repairCase),
        selection,
        timeout);
  }

  /** The same for a job that was made before. */
  static StepResult judge(
      Laboratory laboratory,
      LabJob job,
      String oracle,
      Function<LabReport.Ran, StepResult> judgement) {
    LabReport report = laboratory.run(job);
    if (report instanceof LabReport.Ran ran) {
      return judgement.apply(ran);
    } else if (report instanceof LabReport.NotCompiled refused) {
      return new StepResult.Rejected(refused.diagnostics());
    } else if (report instanceof LabReport.TimedOut late) {
      return new StepResult.Failed(List.of(oracle + ": " + late.detail()));
    } else if (report instanceof LabReport.LabFailure failure) {
      return new StepResult.Broken(failure.reason());
    }
    throw new IllegalStateException("no such report: " + report);
  }

  private static List<NewFile> added(RepairCase repairCase) {
    return repairCase.test().map(t -> List.of(new NewFile(t.path(), t.text()))).orElse(List.of());
  }

  /** Names of failed tests with what they threw, at most ten. */
  static List<String> named(String oracle, List<TestResult> failed) {
    List<String> names = new ArrayList<>();
    for (TestResult result : failed) {
      if (names.size() < 10) {
        names.add(
            oracle
                + ": "
                + result.name()
                + result.failure().map(f -> " (" + f.type() + ")").orElse(" did not pass"));
      }
    }
    return names;
  }
}
