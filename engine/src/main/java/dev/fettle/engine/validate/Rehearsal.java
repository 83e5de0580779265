package dev.fettle.engine.validate;

import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Reproduction;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.Reproducer;
import dev.fettle.contract.spi.SourceTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Runs drafted tests against the project as it is, until one fails as the incident did. Immutable.
 */
public final class Rehearsal {
  private final List<Reproducer> reproducers;
  private final Laboratory laboratory;
  private final Limits limits;
  private final LongSupplier nanos;

  /**
   * How far to look.
   *
   * @param drafts run at most
   * @param wall for all of them
   * @param perDraft for one
   */
  public record Limits(int drafts, Duration wall, Duration perDraft) {
    /** Enough for every rung of the ladder. */
    public static Limits defaults() {
      return new Limits(8, Duration.ofMinutes(1), Duration.ofSeconds(30));
    }
  }

  /**
   * @param nanos monotonic time
   */
  public Rehearsal(
      List<Reproducer> reproducers, Laboratory laboratory, Limits limits, LongSupplier nanos) {
    this.reproducers = List.copyOf(reproducers);
    this.laboratory = laboratory;
    this.limits = limits;
    this.nanos = nanos;
  }

  /** The first draft that fails in the same way, or what every draft did instead. */
  public Reproduction attempt(
      Incident incident, Diagnosis diagnosis, SourceTree tree, ProjectModel project) {
    SameFailure wanted = SameFailure.as(incident, diagnosis, tree);
    List<String> reasons = new ArrayList<>();
    long began = nanos.getAsLong();
    int run = 0;
    for (Reproducer reproducer : reproducers) {
      try (Stream<TestDraft> drafts = reproducer.drafts(incident, diagnosis, tree, project)) {
        Iterator<TestDraft> next = drafts.iterator();
        while (run < limits.drafts()
            && nanos.getAsLong() - began < limits.wall().toNanos()
            && next.hasNext()) {
          TestDraft draft = next.next();
          run++;
          Optional<String> difference = difference(wanted, draft, tree, project);
          if (difference.isEmpty()) {
            return new Reproduction.Reproduced(draft);
          }
          reasons.add(draft.rung() + " " + difference.get());
        }
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        reasons.add("reproducer failed: " + e);
      }
    }
    return new Reproduction.NotReproduced(
        reasons.isEmpty() ? "no test could be drafted" : String.join("; ", reasons));
  }

  /** Empty when the draft fails as wanted. */
  private Optional<String> difference(
      SameFailure wanted, TestDraft draft, SourceTree tree, ProjectModel project) {
    LabReport report = laboratory.run(job(draft, tree, project));
    if (report instanceof LabReport.NotCompiled not) {
      return Optional.of("did not compile: " + firstLine(not.diagnostics()));
    }
    if (report instanceof LabReport.TimedOut late) {
      return Optional.of("ran out of time: " + late.detail());
    }
    if (report instanceof LabReport.LabFailure broken) {
      return Optional.of("could not be run: " + broken.reason());
    }
    LabReport.Ran ran = (LabReport.Ran) report;
    String reason = ran.results().isEmpty() ? "ran no test" : "passed";
    for (TestResult failed : ran.failures()) {
      Optional<String> difference =
          failed.failure().isEmpty()
              ? Optional.of("failed without an exception")
              : wanted.difference(failed.failure().get());
      if (difference.isEmpty()) {
        return difference;
      }
      reason = difference.get();
    }
    return Optional.of(reason);
  }

  private LabJob job(TestDraft draft, SourceTree tree, ProjectModel project) {
    List<NewFile> added =
        tree.text(draft.path()).isPresent()
            ? List.of()
            : List.of(new NewFile(draft.path(), draft.text()));
    return new LabJob(
        project,
        Optional.empty(),
        added,
        new LabJob.Selection.Classes(draft.module(), List.of(draft.className())),
        limits.perDraft());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no diagnostics");
  }
}
