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
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles and tests in warm children, one per module. Thread-safe. */
final class WarmLaboratory implements Laboratory, AutoCloseable {
  private final Workers workers;
  private final Confinement confinement;
  private final CompiledPatches compiled;

  WarmLaboratory(Children children, Path labJar) {
    this.workers = new Workers(children, labJar);
    this.confinement = children.confinement();
    this.compiled = new CompiledPatches(workers);
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
    for (Map.Entry<ProjectModel.Module, List<String>> entry : selected(job).entrySet()) {
      Optional<LabReport> end = run(job.project(), entry, code, deadline, results);
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new LabReport.Ran(results, code.main(), mode());
  }

  /** Adds the module's results; a report when the job ends here. */
  private Optional<LabReport> run(
      ProjectModel project,
      Map.Entry<ProjectModel.Module, List<String>> tests,
      Compiled code,
      Deadline deadline,
      List<TestResult> results)
      throws IOException, Worker.Lost {
    TestJob heard = new TestJob();
    Message request = new Message.Run(tests.getValue(), code.overlay(), code.recompiled(), false);
    return workers.use(
        project,
        tests.getKey(),
        worker -> {
          try {
            Message answer = worker.ask(request, deadline.left(), heard);
            results.addAll(heard.results());
            return answer instanceof Message.Done
                ? Optional.empty()
                : Optional.of(new LabReport.LabFailure("the child answered " + answer));
          } catch (Worker.Lost e) {
            results.addAll(heard.results());
            TestResult lost = heard.lost(tests.getValue(), String.valueOf(e.getMessage()));
            if (e.timedOut()) {
              return Optional.of(
                  new LabReport.TimedOut(lost.name() + " " + String.valueOf(e.getMessage())));
            }
            results.add(lost);
            return Optional.empty();
          }
        });
  }

  private Map<ProjectModel.Module, List<String>> selected(LabJob job) throws IOException {
    Map<ProjectModel.Module, List<String>> selected = new LinkedHashMap<>();
    LabJob.Selection selection = job.selection();
    if (selection instanceof LabJob.Selection.Classes classes) {
      selected.put(module(job.project(), classes.module()), classes.names());
    } else if (!(selection instanceof LabJob.Selection.None)) {
      for (ProjectModel.Module module : job.project().modules()) {
        List<String> tests = TestClasses.of(module);
        if (!tests.isEmpty()) {
          selected.put(module, tests);
        }
      }
    }
    return selected;
  }

  private static ProjectModel.Module module(ProjectModel project, String name) throws IOException {
    return project.modules().stream()
        .filter(m -> m.directory().equals(name))
        .findFirst()
        .or(() -> project.modules().stream().filter(m -> m.name().equals(name)).findFirst())
        .orElseThrow(() -> new IOException("the project has no module " + name));
  }

  @Override
  public void warm(ProjectModel project) {}

  @Override
  public Confirmation confirm(SourceTree tree, Patch patch, List<NewFile> added) {
    return new Confirmation.Unconfirmed("not built yet");
  }

  @Override
  public String confinement() {
    return confinement.name();
  }

  private String mode() {
    return "warm lab, " + confinement.name();
  }

  @Override
  public void close() {
    workers.close();
  }

  /** A point in time that a job must not pass. Monotonic. */
  record Deadline(long nanos) {
    static Deadline in(Duration time) {
      return new Deadline(System.nanoTime() + time.toNanos());
    }

    Duration left() {
      return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }
  }
}
