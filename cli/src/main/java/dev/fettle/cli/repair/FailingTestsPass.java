package dev.fettle.cli.repair;

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
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The failing tests pass with the candidate; all others are for the search to judge. */
final class FailingTestsPass implements ValidationStep {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int TOLD = 3;

  private final Laboratory laboratory;
  private final Search.Target target;

  FailingTestsPass(Laboratory laboratory, Search.Target target) {
    this.laboratory = laboratory;
    this.target = target;
  }

  @Override
  public String oracle() {
    return "failing tests pass";
  }

  @Override
  public int cost() {
    return 50;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    List<String> classes =
        target.failing().stream()
            .map(t -> t.result().className().replaceAll("\\$.*", ""))
            .distinct()
            .toList();
    LabReport report =
        laboratory.run(
            new LabJob(
                repairCase.project(),
                Optional.of(candidate.patch()),
                List.of(),
                new LabJob.Selection.Classes(target.module().directory(), classes),
                LIMIT));
    if (report instanceof LabReport.NotCompiled not) {
      return new StepResult.Rejected("javac: " + not.diagnostics());
    } else if (report instanceof LabReport.Ran ran) {
      return judged(ran);
    } else if (report instanceof LabReport.TimedOut) {
      return new StepResult.Rejected("the tests run out of time with it");
    }
    return new StepResult.Broken(((LabReport.LabFailure) report).reason());
  }

  private StepResult judged(LabReport.Ran ran) {
    Set<String> wanted =
        target.failing().stream().map(t -> plain(t.result().name())).collect(Collectors.toSet());
    List<TestResult> failed =
        ran.failures().stream().filter(f -> wanted.contains(plain(f.name()))).toList();
    if (failed.isEmpty()) {
      return new StepResult.Passed("the failing tests pass");
    }
    StringJoiner words = new StringJoiner("\n");
    for (TestResult one : failed.subList(0, Math.min(TOLD, failed.size()))) {
      words.add(
          one.name()
              + ": "
              + one.failure().map(f -> f.root().type() + ": " + f.root().message()).orElse(""));
    }
    return new StepResult.Rejected("tests fail still:\n" + words);
  }

  private static String plain(String name) {
    return name.replaceAll("[\\[({ ].*", "");
  }
}
