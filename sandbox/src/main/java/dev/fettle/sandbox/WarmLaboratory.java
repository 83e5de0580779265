package dev.fettle.sandbox;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.lab.protocol.Message;
import dev.fettle.sandbox.build.ProjectBuild;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import dev.fettle.sandbox.steps.BaseTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles and tests in warm children, one per module. Thread-safe. */
final class WarmLaboratory implements Laboratory, BaseTests, AutoCloseable {
  private final Workers workers;
  private final Confinement confinement;
  private final CompiledPatches compiled;
  private final BaseSuites bases;
  private final TestSelection selection;
  private final ProjectBuild build;

  WarmLaboratory(Children children, Path labJar, ProjectBuild build) {
    this.workers = new Workers(children, labJar);
    this.confinement = children.confinement();
    this.compiled = new CompiledPatches(workers);
    this.bases = new BaseSuites(workers);
    this.selection = new TestSelection(workers, bases);
    this.build = build;
  }

  @Override
  public LabReport run(LabJob job) {
    Deadline deadline = Deadline.in(job.timeout());
    try {
      CompiledPatches.Outcome outcome = compiled.of(job, deadline);
      if (outcome.refusal().isPresent()) {
        return new LabReport.NotCompiled(outcome.refusal().get());
      }
      return test(job, outcome.compiled(), deadline);
    } catch (StalePatchException e) {
      return new LabReport.NotCompiled("the patch does not apply: " + e.getMessage());
    } catch (Worker.Lost e) {
      return e.timedOut()
          ? new LabReport.TimedOut("the job " + e.getMessage())
          : new LabReport.LabFailure("the laboratory lost its child: " + e.getMessage());
    } catch (IOException | Confinement.Refused e) {
      return new LabReport.LabFailure(String.valueOf(e.getMessage()));
    }
  }

  private LabReport test(LabJob job, Compiled code, Deadline deadline)
      throws IOException, Worker.Lost {
    List<TestResult> results = new ArrayList<>();
    for (Map.Entry<ProjectModel.Module, List<String>> entry :
        selection.of(job, code, deadline).entrySet()) {
      Suite suite = new Suite(job, entry.getKey(), entry.getValue(), code);
      Optional<LabReport> end =
          workers.use(
              job.project(),
              suite.module(),
              deadline,
              worker -> run(worker, suite, deadline, results));
      if (end.isEmpty() && job.selection() instanceof LabJob.Selection.All) {
        end = again(suite, deadline, results);
      }
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new LabReport.Ran(results, code.main(), mode());
  }

  /** The test classes of one module in one job. */
  private record Suite(LabJob job, ProjectModel.Module module, List<String> tests, Compiled code) {
    Message request() {
      boolean plainOnly = job.selection() instanceof LabJob.Selection.Affected;
      return new Message.Run(tests, code.overlay(), code.recompiled(), false, plainOnly);
    }
  }

  /** Adds the results; a report when the job ends here. */
  private static Optional<LabReport> run(
      Worker worker, Suite suite, Deadline deadline, List<TestResult> results) {
    TestJob heard = new TestJob();
    try {
      Message answer = worker.ask(suite.request(), deadline.left(), heard);
      results.addAll(heard.results());
      return answer instanceof Message.Done
          ? Optional.empty()
          : Optional.of(new LabReport.LabFailure("the child answered " + answer));
    } catch (Worker.Lost e) {
      results.addAll(heard.results());
      TestResult lost = heard.lost(suite.tests(), String.valueOf(e.getMessage()));
      if (e.timedOut()) {
        return Optional.of(new LabReport.TimedOut(lost.name() + " " + e.getMessage()));
      }
      results.add(lost);
      return Optional.empty();
    }
  }

  /**
   * Runs classes whose base-passing tests failed once more in a fresh child, and believes that run:
   * libraries stay loaded in a warm one, and what an earlier job left in them (an in-memory
   * database, a registered driver) is not the patch's fault.
   */
  private Optional<LabReport> again(Suite suite, Deadline deadline, List<TestResult> results)
      throws IOException, Worker.Lost {
    BaseModule base = bases.known(suite.job().project()).get(suite.module().directory());
    Set<String> classes = new LinkedHashSet<>();
    for (TestResult result : results) {
      if (result.status() == TestResult.Status.FAILED
          && base != null
          && (base.passing().contains(result.name()) || result.method().equals("<class>"))) {
        suite.tests().stream()
            .filter(t -> result.className().equals(t) || result.className().startsWith(t + "$"))
            .forEach(classes::add);
      }
    }
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    results.removeIf(
        r -> classes.contains(r.className()) || classes.contains(r.className().split("\\$")[0]));
    Suite failed = new Suite(suite.job(), suite.module(), List.copyOf(classes), suite.code());
    long asked = System.nanoTime();
    try (Worker worker = workers.fresh(suite.job().project(), suite.module())) {
      deadline.waited(System.nanoTime() - asked);
      return run(worker, failed, deadline, results);
    }
  }

  @Override
  public void warm(ProjectModel project) {
    var begun = bases.begin(project);
    assert begun != null;
  }

  @Override
  public Optional<Set<String>> passing(ProjectModel project, Duration timeout) {
    return bases
        .await(project, timeout)
        .map(
            modules -> {
              Set<String> passing = new LinkedHashSet<>();
              modules.values().forEach(m -> passing.addAll(m.passing()));
              return passing;
            });
  }

  @Override
  public Set<String> unreached(LabJob job) {
    try {
      CompiledPatches.Outcome outcome = compiled.of(job, Deadline.in(job.timeout()));
      return selection.unreached(job, outcome.compiled());
    } catch (StalePatchException | IOException | Worker.Lost | Confinement.Refused e) {
      return Set.of(); // then every test must have run
    }
  }

  @Override
  public List<String> leftOut(ProjectModel project) {
    return bases.known(project).values().stream().flatMap(m -> m.leftOut().stream()).toList();
  }

  @Override
  public Confirmation confirm(SourceTree tree, Patch patch, List<NewFile> added) {
    return build.confirm(tree, patch, added, bases.passing(tree.revision()));
  }

  @Override
  public String confinement() {
    return confinement.name();
  }

  /** The children that it lends, to run tests in. */
  Workers workers() {
    return workers;
  }

  private String mode() {
    return "warm lab, " + confinement.name();
  }

  @Override
  public void close() {
    bases.close();
    workers.close();
  }
}
