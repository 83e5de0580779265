package dev.fettle.cli.repair;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.source.reproduce.JavaReproducer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** From a pasted stack trace to a test that fails as it says, or to why there is none. */
final class TraceRepair {
  private static final int DRAFTS = 12;

  private final Sandbox sandbox;
  private final SourceTree tree;
  private final ProjectModel project;
  private final Budget budget;

  TraceRepair(Sandbox sandbox, SourceTree tree, ProjectModel project, Budget budget) {
    this.sandbox = sandbox;
    this.tree = tree;
    this.project = project;
    this.budget = budget;
  }

  /**
   * What became of a trace.
   *
   * @param diagnosis for people: what happened and where
   * @param test that fails as the trace says; empty when none does
   */
  record Traced(String diagnosis, Optional<TestDraft> test) {}

  Traced trace(String text) {
    JavaSources sources = new JavaSources();
    JavaProject java = sources.project(tree, project);
    Optional<CapturedException> exception =
        StackTrace.parse(text, name -> java.index().declaring(name).isPresent());
    if (exception.isEmpty()) {
      return new Traced(
          "no stack trace was found in the file; wanted lines such as"
              + " \"at package.Class.method(Class.java:12)\"",
          Optional.empty());
    }
    Incident incident = incident(exception.get());
    Analysis analysis = new JavaFaultLocalizer(sources).localize(incident, tree, project);
    if (analysis instanceof Undiagnosed undiagnosed) {
      return new Traced(undiagnosed.reason(), Optional.empty());
    }
    Diagnosis diagnosis = (Diagnosis) analysis;
    String limitation = diagnosis.limitation();
    if (limitation != null) {
      return new Traced(limitation, Optional.empty());
    }
    String cause = diagnosis.rootCause() + " Suspect: " + diagnosis.prime().place().display();
    return new Traced(cause, reproduced(incident, diagnosis));
  }

  private Optional<TestDraft> reproduced(Incident incident, Diagnosis diagnosis) {
    String wanted = incident.exception().root().type();
    Iterator<TestDraft> drafts =
        new JavaReproducer().drafts(incident, diagnosis, tree, project).limit(DRAFTS).iterator();
    while (drafts.hasNext() && !budget.left().isZero()) {
      TestDraft draft = drafts.next();
      LabReport report =
          sandbox
              .laboratory()
              .run(
                  new LabJob(
                      project,
                      Optional.empty(),
                      List.of(new NewFile(draft.path(), draft.text())),
                      new LabJob.Selection.Classes(draft.module(), List.of(draft.className())),
                      budget.atMost(Duration.ofSeconds(20))));
      if (report instanceof LabReport.Ran ran
          && ran.failures().stream().anyMatch(f -> throwsType(f, wanted))) {
        return Optional.of(draft);
      }
    }
    return Optional.empty();
  }

  private static boolean throwsType(TestResult failed, String type) {
    for (CapturedException e = failed.failure().orElse(null); e != null; e = e.cause()) {
      if (e.type().equals(type)) {
        return true;
      }
    }
    return false;
  }

  static Incident incident(CapturedException exception) {
    Instant now = Instant.now();
    Signal signal =
        new Signal(
            "trace",
            Signal.Kind.ERROR,
            new Origin("project", "trace", null, null, null, "trace"),
            TrustTier.AUTHENTICATED,
            now,
            "main",
            exception,
            null,
            "a pasted stack trace",
            1);
    return new Incident(
        new IncidentId("inc-trace00"),
        new Fingerprint(List.of("trace"), "trace-1"),
        exception.type(),
        now,
        now,
        1,
        signal);
  }
}
