package dev.fettle.engine.loop;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Reproduction;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.engine.execute.Handover;
import dev.fettle.engine.knowledge.IncidentStatus;
import dev.fettle.engine.knowledge.Trail;
import dev.fettle.engine.plan.Plan;
import dev.fettle.engine.validate.Selection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Journal and case file of one attempt: writes each step down before and after it, and does not
 * repeat what an attempt that was killed had finished. What a step found is saved before the step
 * is written down as done. Confined to one thread.
 */
final class Logbook {
  private static final int LONGEST_DETAIL = 500;

  private final Roles roles;
  private final IncidentId incident;
  private final Trail trail;
  private CaseFile file;

  private Logbook(Roles roles, IncidentId incident) {
    this.roles = roles;
    this.incident = incident;
    this.trail = Trail.of(roles.journal().of(incident));
    int attempt = trail.underWay() ? trail.attempts() : trail.attempts() + 1;
    this.file =
        roles
            .knowledge()
            .caseFile(incident)
            .filter(f -> f.attempt() == attempt)
            .orElseGet(() -> CaseFile.opened(incident, attempt));
  }

  /** Opens it where the latest attempt stopped, or for a new one. */
  static Logbook open(Roles roles, IncidentId incident) {
    return new Logbook(roles, incident);
  }

  /** As it was when this was opened. */
  Trail trail() {
    return trail;
  }

  IncidentId incident() {
    return incident;
  }

  CaseFile file() {
    return file;
  }

  /** Found again after a kill, at the revision that was found first. */
  Ground checkout(Function<String, Ground> find) {
    return again(
        Step.CHECKOUT,
        () -> {
          Ground ground = find.apply(file.revision());
          if (ground instanceof Ground.Firm firm) {
            keep(file.at(firm.tree().revision(), firm.note()));
          }
          return ground;
        },
        Logbook::says);
  }

  Analysis diagnose(Supplier<Analysis> work) {
    return once(Step.DIAGNOSE, file.analysis(), work, a -> file.with(a), Logbook::says);
  }

  Reproduction reproduce(Supplier<Reproduction> work) {
    return once(Step.REPRODUCE, file.reproduction(), work, r -> file.with(r), Logbook::says);
  }

  /** Opened again after a kill. */
  Plan plan(Supplier<Plan> work) {
    return again(Step.PLAN, work, p -> new Note(State.DONE, p.summary()));
  }

  Selection validate(Supplier<Selection> work) {
    return once(
        Step.VALIDATE,
        file.chosen().map(best -> new Selection(file.judged(), Optional.of(best))),
        work,
        s -> file.with(s.judged(), s.chosen()),
        s -> new Note(s.chosen().isPresent() ? State.DONE : State.FAILED, s.summary()));
  }

  /** Asked again after a kill: what stands already is not delivered again. */
  Handover deliver(Supplier<Handover> work) {
    return trail.handedOver() ? work.get() : write(Step.DELIVER, work, Logbook::says);
  }

  /** Appends what went wrong beside a step. */
  void event(Step step, String detail) {
    append(step, new Note(State.FAILED, detail), "");
  }

  /** Appends that some of what was delivered was taken back. */
  void stillDelivered(String detail) {
    append(Step.DELIVER, new Note(trail.waiting() ? State.WAITING : State.DONE, detail), "");
  }

  /** Appends that a step begins. */
  void begin(Step step, String detail) {
    append(step, new Note(State.STARTED, detail), "");
  }

  /** Appends that a step is over. */
  void finish(Step step, boolean well, String detail) {
    append(step, new Note(well ? State.DONE : State.FAILED, detail), "");
  }

  /** Ends the attempt. */
  void end(IncidentStatus status, String detail) {
    State state =
        status == IncidentStatus.CONFIRMED || status == IncidentStatus.DELIVERED
            ? State.DONE
            : State.FAILED;
    append(Step.OUTCOME, new Note(state, detail), status.data());
  }

  private <T> T again(Step step, Supplier<T> work, Function<T, Note> says) {
    return trail.settled(step) ? work.get() : write(step, work, says);
  }

  private <T> T once(
      Step step,
      Optional<T> before,
      Supplier<T> work,
      Function<T, CaseFile> written,
      Function<T, Note> says) {
    if (trail.settled(step) && before.isPresent()) {
      return before.get();
    }
    return write(
        step,
        () -> {
          T found = work.get();
          keep(written.apply(found));
          return found;
        },
        says);
  }

  private <T> T write(Step step, Supplier<T> work, Function<T, Note> says) {
    begin(step, "");
    T result = work.get();
    append(step, says.apply(result), "");
    return result;
  }

  private void keep(CaseFile written) {
    if (!written.equals(file)) {
      roles.knowledge().save(written);
      file = written;
    }
  }

  private void append(Step step, Note note, String data) {
    String line = note.detail().lines().findFirst().orElse("");
    String cut = line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) : line;
    roles
        .journal()
        .append(
            new JournalEntry(0, incident, step, note.state(), cut, data, roles.clock().instant()));
  }

  private static Note says(Ground ground) {
    return new Note(ground instanceof Ground.Firm ? State.DONE : State.FAILED, ground.detail());
  }

  private static Note says(Analysis analysis) {
    if (analysis instanceof Undiagnosed undiagnosed) {
      return new Note(State.FAILED, undiagnosed.reason());
    }
    Diagnosis diagnosis = (Diagnosis) analysis;
    return new Note(
        State.DONE, diagnosis.faultClass() + " at " + diagnosis.prime().place().display());
  }

  private static Note says(Reproduction reproduction) {
    if (reproduction instanceof Reproduction.NotReproduced not) {
      return new Note(State.FAILED, not.reason());
    }
    Reproduction.Reproduced reproduced = (Reproduction.Reproduced) reproduction;
    return new Note(State.DONE, reproduced.test().className());
  }

  private static Note says(Handover handover) {
    if (!handover.waiting().isEmpty()) {
      return new Note(State.WAITING, handover.summary());
    }
    return new Note(
        handover.deliveries().isEmpty() ? State.FAILED : State.DONE, handover.summary());
  }

  /** What an entry says. */
  private record Note(State state, String detail) {}
}
