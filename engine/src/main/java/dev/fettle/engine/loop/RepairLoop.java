package dev.fettle.engine.loop;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.engine.analyze.Analyzer;
import dev.fettle.engine.execute.Execution;
import dev.fettle.engine.execute.Handover;
import dev.fettle.engine.plan.CandidatePlanner;
import dev.fettle.engine.plan.Plan;
import dev.fettle.engine.validate.Rehearsal;
import dev.fettle.engine.validate.Selection;
import dev.fettle.engine.validate.Validator;
import java.util.List;
import java.util.Optional;

/**
 * The one road: from an incident to a delivered patch, step by step.
 *
 * <p>The {@link Logbook} writes every step down before and after it, so {@link #resolve} begins
 * where a killed server stopped: finished steps are not repeated, and nothing is delivered twice.
 * Thread-safe; an incident is on the road once at a time.
 */
public final class RepairLoop {
  private final Roles roles;
  private final Locks locks = new Locks();
  private final Analyzer analyzer;
  private final Rehearsal rehearsal;
  private final CandidatePlanner planner;
  private final Validator validator;
  private final Execution execution;
  private final Aftercare aftercare;
  private final Breaker breaker;

  public RepairLoop(Roles roles) {
    this.roles = roles;
    this.analyzer = new Analyzer(roles.localizers(), roles.revisions());
    this.rehearsal =
        new Rehearsal(
            roles.reproducers(), roles.laboratory(), Rehearsal.Limits.defaults(), roles.nanos());
    this.planner = new CandidatePlanner(roles.generators(), roles.budget().candidates());
    this.validator = new Validator(roles.steps(), roles.budget(), roles.nanos());
    this.execution = new Execution(roles.channels(), roles.knowledge(), roles.clock());
    this.breaker = new Breaker(roles.clock());
    this.aftercare = new Aftercare(roles, execution, locks, breaker);
  }

  /** Walks an incident down the road, from its beginning or from where a kill stopped it. */
  public Resolution resolve(IncidentId id) {
    Optional<Incident> known = roles.knowledge().incident(id);
    Incident incident =
        known.orElseThrow(() -> new IllegalArgumentException("no such incident: " + id));
    if (incident.sample().trust() == TrustTier.PUBLIC) {
      return new Resolution.Withheld(id, List.of("trust: public signals never start a repair"));
    }
    return locks.holding(
        id,
        () -> {
          Logbook log = Logbook.open(roles, id);
          Resolution resolution = walk(incident, log);
          if (resolution.ended()) {
            log.end(resolution.status(), resolution.detail());
          }
          return resolution;
        });
  }

  /** What people decide about the incidents of this loop. */
  public Desk desk() {
    return new Desk(roles, this, execution, locks);
  }

  /** Counts how repairs end. */
  Breaker breaker() {
    return breaker;
  }

  /** Ends the attempt that threw, or it would come back at every start. */
  void breakOff(Resolution resolution) {
    IncidentId id = resolution.incident();
    locks.holding(
        id,
        () -> {
          Logbook.open(roles, id).end(resolution.status(), resolution.detail());
          return id;
        });
  }

  private Resolution walk(Incident incident, Logbook log) {
    IncidentId id = incident.id();
    Optional<Step> deadly = log.trail().deadly();
    if (deadly.isPresent()) {
      return new Resolution.Unrepaired(
          id, 0, "given up: the server ended again and again in step " + deadly.get());
    }

    Ground ground =
        log.checkout(pinned -> Ground.find(incident, pinned, roles.revisions(), roles.projects()));
    if (ground instanceof Ground.None none) {
      return new Resolution.Undiagnosed(id, none.reason());
    }
    Ground.Firm firm = (Ground.Firm) ground;
    roles.laboratory().warm(firm.project());

    Analysis analysis = log.diagnose(() -> analyzer.analyze(incident, firm.tree(), firm.project()));
    if (analysis instanceof Undiagnosed undiagnosed) {
      return new Resolution.Undiagnosed(id, undiagnosed.reason());
    }
    Diagnosis diagnosis = (Diagnosis) analysis;
    if (!diagnosis.repairable()) {
      return new Resolution.Unrepaired(id, 0, "diagnosis only: " + diagnosis.limitation());
    }

    log.reproduce(() -> rehearsal.attempt(incident, diagnosis, firm.tree(), firm.project()));

    RepairCase repairCase =
        new RepairCase(incident, diagnosis, firm.tree(), firm.project(), log.file().test());
    Selection selection = log.validate(() -> planAndJudge(repairCase, log));
    if (selection.chosen().isEmpty()) {
      return new Resolution.Unrepaired(id, selection.judged().size(), selection.summary());
    }
    return deliver(selection.chosen().get(), repairCase, log);
  }

  /** Candidates are proposed while they are judged: a generator works only as long as needed. */
  private Selection planAndJudge(RepairCase repairCase, Logbook log) {
    try (Plan plan = log.plan(() -> planner.plan(repairCase))) {
      Selection selection = validator.select(plan, repairCase);
      plan.events().forEach(event -> log.event(Step.PLAN, event));
      return selection;
    }
  }

  /** Hot patch and branch follow the verdict at once; the project's own build confirms later. */
  private Resolution deliver(Plausible best, RepairCase repairCase, Logbook log) {
    IncidentId id = repairCase.incident().id();
    Handover handover =
        log.deliver(
            () ->
                execution.deliver(
                    best,
                    repairCase,
                    roles.policy().apply(repairCase.tree()),
                    log.trail().approved()));
    if (!handover.deliveries().isEmpty()) {
      aftercare.confirmLater(best, repairCase);
      return new Resolution.Repaired(
          id, handover.deliveries(), handover.waiting(), handover.failed(), handover.summary());
    }
    if (!handover.waiting().isEmpty()) {
      return new Resolution.Proposed(id, best, handover.waiting());
    }
    return handover.failed()
        ? new Resolution.Unrepaired(id, log.file().judged().size(), handover.summary())
        : new Resolution.Withheld(id, handover.rules());
  }
}
