package dev.fettle.server.view;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Reproduction;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.model.Verdict;
import dev.fettle.contract.spi.Journal;
import dev.fettle.contract.spi.Knowledge;
import dev.fettle.engine.knowledge.IncidentStatus;
import dev.fettle.engine.knowledge.Progress;
import dev.fettle.server.view.IncidentDetail.CandidateView;
import dev.fettle.server.view.IncidentDetail.CommitView;
import dev.fettle.server.view.IncidentDetail.DeliveryView;
import dev.fettle.server.view.IncidentDetail.DiagnosisView;
import dev.fettle.server.view.IncidentDetail.OutcomeView;
import dev.fettle.server.view.IncidentDetail.ReproductionView;
import dev.fettle.server.view.IncidentDetail.SuspectView;
import dev.fettle.server.view.IncidentDetail.TimelineEntry;
import dev.fettle.server.view.IncidentDetail.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads incidents as people see them. Thread-safe. */
public final class IncidentReader {
  private static final Set<IncidentStatus> UNDER_WAY =
      Set.of(IncidentStatus.OPEN, IncidentStatus.DIAGNOSED, IncidentStatus.REPRODUCED);

  private final Knowledge knowledge;
  private final Journal journal;
  private final Diffs diffs;

  /** Renders a patch; empty when the tree it was made for is gone. */
  @FunctionalInterface
  public interface Diffs {
    String unified(String revision, Patch patch, List<NewFile> added);
  }

  public IncidentReader(Knowledge knowledge, Journal journal, Diffs diffs) {
    this.knowledge = knowledge;
    this.journal = journal;
    this.diffs = diffs;
  }

  /** The incident, if there is one of that id. */
  public Optional<IncidentDetail> detail(IncidentId id) {
    return knowledge.incident(id).map(this::detail);
  }

  private IncidentDetail detail(Incident incident) {
    List<JournalEntry> entries = journal.of(incident.id());
    List<Delivery> deliveries = knowledge.deliveries(incident.id());
    Progress progress = Progress.of(incident, entries, deliveries);
    Optional<CaseFile> file = knowledge.caseFile(incident.id());
    Optional<Plausible> chosen = file.flatMap(CaseFile::chosen);
    String revision = file.map(CaseFile::revision).orElse("");
    List<NewFile> added =
        chosen
            .flatMap(Plausible::test)
            .map(t -> List.of(new NewFile(t.path(), t.text())))
            .orElse(List.of());
    return new IncidentDetail(
        incident.id().value(),
        incident.title(),
        progress.status().name(),
        incident.sample().origin().service(),
        incident.sample().origin().revision(),
        incident.count(),
        incident.firstSeen(),
        incident.lastSeen(),
        incident.sample().reason(),
        incident.sample().thread(),
        incident.exception(),
        incident.sample().request(),
        file.flatMap(CaseFile::diagnosis).map(IncidentReader::diagnosis).orElse(null),
        file.flatMap(CaseFile::reproduction)
            .map(IncidentReader::reproduction)
            .orElse(new ReproductionView(false, "", null, null, null, List.of())),
        file.map(CaseFile::judged).orElse(List.of()).stream()
            .map(j -> candidate(j, revision))
            .toList(),
        chosen.map(p -> candidate(p, revision)).orElse(null),
        deliveries.stream().map(this::delivery).toList(),
        entries.stream()
            .map(e -> new TimelineEntry(e.at(), e.step().name(), e.state().name(), e.detail()))
            .toList(),
        timings(progress),
        !UNDER_WAY.contains(progress.status()),
        progress.status() == IncidentStatus.PROPOSED,
        deliveries.isEmpty() ? note(file, entries) : "",
        chosen.map(p -> diffs.unified(revision, p.candidate().patch(), added)).orElse(""));
  }

  private static String note(Optional<CaseFile> file, List<JournalEntry> entries) {
    Optional<String> undiagnosed =
        file.flatMap(CaseFile::analysis)
            .filter(Undiagnosed.class::isInstance)
            .map(a -> ((Undiagnosed) a).reason());
    return undiagnosed.orElseGet(
        () -> entries.isEmpty() ? "" : entries.get(entries.size() - 1).detail());
  }

  private static DiagnosisView diagnosis(Diagnosis d) {
    FailingExpression expression = d.expression();
    return new DiagnosisView(
        d.faultClass().name(),
        d.rootCause(),
        expression == null ? null : expression.text(),
        expression == null ? null : expression.culprit(),
        expression == null ? null : expression.place().display(),
        d.limitation(),
        d.suspects().stream()
            .map(
                s ->
                    new SuspectView(
                        s.place().display(),
                        s.place().className() + "." + s.place().method(),
                        s.role().name(),
                        s.suspiciousness(),
                        s.evidence()))
            .toList(),
        d.commits().stream()
            .map(c -> new CommitView(c.revision(), c.author(), c.at(), c.subject(), c.path()))
            .toList());
  }

  private static ReproductionView reproduction(Reproduction reproduction) {
    if (reproduction instanceof Reproduction.Reproduced reproduced) {
      TestDraft test = reproduced.test();
      return new ReproductionView(
          true,
          "reproduced by " + test.className() + " (" + test.rung() + ")",
          test.rung().name(),
          test.path(),
          test.text(),
          test.notes());
    }
    return new ReproductionView(
        false,
        "not reproduced: " + ((Reproduction.NotReproduced) reproduction).reason(),
        null,
        null,
        null,
        List.of());
  }

  private CandidateView candidate(CaseFile.Judged judged, String revision) {
    return candidate(
        judged.candidate(),
        verdict(judged.verdict()),
        judged.verdict() instanceof Plausible p ? p : null,
        judged.facts().stream().map(f -> f.oracle() + ": " + fact(f.result())).toList(),
        revision);
  }

  private CandidateView candidate(Plausible plausible, String revision) {
    return candidate(
        plausible.candidate(), "plausible", plausible, plausible.confidence().facts(), revision);
  }

  private CandidateView candidate(
      Candidate c,
      String verdict,
      @Nullable Plausible plausible,
      List<String> facts,
      String revision) {
    Confidence confidence = plausible == null ? null : plausible.confidence();
    return new CandidateView(
        c.generator(),
        c.rationale(),
        c.score(),
        verdict,
        plausible == null ? "" : plausible.callers(),
        confidence == null ? null : confidence.score(),
        confidence == null ? null : confidence.basis(),
        confidence == null ? null : confidence.logOdds(),
        facts,
        diffs.unified(revision, c.patch(), List.of()));
  }

  private static String verdict(Verdict verdict) {
    if (verdict instanceof Verdict.Invalid invalid) {
      return "invalid (" + invalid.step() + ": " + invalid.reason() + ")";
    }
    if (verdict instanceof Verdict.Implausible implausible) {
      return "implausible (" + String.join(", ", implausible.failedOracles()) + ")";
    }
    if (verdict instanceof Verdict.Inconclusive inconclusive) {
      return "inconclusive (" + inconclusive.reason() + ")";
    }
    return "plausible";
  }

  private static String fact(StepResult result) {
    if (result instanceof StepResult.Passed passed) {
      return "passed, " + passed.fact();
    }
    if (result instanceof StepResult.Rejected rejected) {
      return "rejected, " + rejected.reason();
    }
    if (result instanceof StepResult.Failed failed) {
      return "failed " + String.join(", ", failed.oracles());
    }
    if (result instanceof StepResult.NotApplicable not) {
      return "does not apply, " + not.why();
    }
    return "broken, " + ((StepResult.Broken) result).reason();
  }

  private DeliveryView delivery(Delivery d) {
    return new DeliveryView(
        d.id().value(),
        d.channel(),
        d.reference(),
        d.at(),
        d.stands(knowledge.outcomes(d.id())),
        knowledge.outcomes(d.id()).stream()
            .map(o -> new OutcomeView(o.kind().name(), o.detail(), o.at()))
            .toList());
  }

  private static Timings timings(Progress progress) {
    Long diagnosis =
        progress.diagnosisStartedAt().isPresent() && progress.diagnosedAt().isPresent()
            ? Long.valueOf(
                Duration.between(progress.diagnosisStartedAt().get(), progress.diagnosedAt().get())
                    .toMillis())
            : null;
    return new Timings(
        millis(progress, progress.storedAt()),
        diagnosis,
        millis(progress, progress.reproducedAt()),
        millis(progress, progress.verdictAt()),
        millis(progress, progress.hotPatchAt()),
        millis(progress, progress.branchAt()),
        millis(progress, progress.confirmedAt()));
  }

  private static @Nullable Long millis(Progress progress, Optional<Instant> at) {
    return progress.since(at).map(Duration::toMillis).orElse(null);
  }
}
