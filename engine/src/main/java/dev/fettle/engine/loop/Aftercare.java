package dev.fettle.engine.loop;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.engine.execute.Execution;
import dev.fettle.engine.knowledge.IncidentStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has the project's own build confirm what was delivered, and takes it back when the build
 * disagrees. An attempt that waits for approval is left open. Thread-safe.
 */
final class Aftercare {
  private final Roles roles;
  private final Execution execution;
  private final Locks locks;
  private final Breaker breaker;
  private final Set<IncidentId> underWay = ConcurrentHashMap.newKeySet();

  Aftercare(Roles roles, Execution execution, Locks locks, Breaker breaker) {
    this.roles = roles;
    this.execution = execution;
    this.locks = locks;
    this.breaker = breaker;
  }

  /** Returns at once; does nothing while a confirmation of the incident is under way. */
  void confirmLater(Plausible plausible, RepairCase repairCase) {
    IncidentId id = repairCase.incident().id();
    if (!underWay.add(id)) {
      return;
    }
    roles
        .later()
        .execute(
            () -> {
              try {
                confirm(id, plausible, repairCase);
              } finally {
                underWay.remove(id);
              }
            });
  }

  /** The build runs without the incident's lock: people may decide meanwhile. */
  private void confirm(IncidentId id, Plausible plausible, RepairCase repairCase) {
    boolean needed =
        locks.holding(
            id,
            () -> {
              Logbook log = Logbook.open(roles, id);
              if (!log.trail().handedOver()) {
                return false;
              }
              if (log.trail().settled(Step.CONFIRM)) {
                close(log, log.trail().done(Step.CONFIRM), "as the build said before");
                return false;
              }
              log.begin(Step.CONFIRM, "");
              return true;
            });
    if (needed) {
      Confirmation confirmation = ask(plausible, repairCase);
      locks.holding(
          id,
          () -> {
            settle(id, confirmation);
            return id;
          });
    }
  }

  /** A laboratory that throws confirms nothing. One of the firebreaks of the build. */
  private Confirmation ask(Plausible plausible, RepairCase repairCase) {
    List<NewFile> added =
        plausible
            .test()
            .filter(t -> repairCase.tree().text(t.path()).isEmpty())
            .map(t -> List.of(new NewFile(t.path(), t.text())))
            .orElse(List.of());
    try {
      return roles.laboratory().confirm(repairCase.tree(), plausible.candidate().patch(), added);
    } catch (RuntimeException | LinkageError e) {
      return new Confirmation.Unconfirmed(e.toString());
    }
  }

  private void settle(IncidentId id, Confirmation confirmation) {
    Logbook log = Logbook.open(roles, id);
    if (!log.trail().handedOver()) {
      return; // taken back or rejected by people while the build ran
    }
    if (confirmation instanceof Confirmation.Confirmed confirmed) {
      String detail = confirmed.tests() + " tests passed: " + confirmed.command();
      log.finish(Step.CONFIRM, true, detail);
      close(log, true, detail);
    } else if (confirmation instanceof Confirmation.Refuted refuted) {
      breaker.badEnd();
      String detail = "refuted: " + refuted.detail();
      log.finish(Step.CONFIRM, false, detail);
      List<String> undone = execution.withdraw(id, Outcome.Kind.WITHDRAWN, detail);
      boolean gone = execution.inEffect(id).isEmpty();
      log.end(
          gone ? IncidentStatus.WITHDRAWN : IncidentStatus.DELIVERED,
          detail + "; " + String.join("; ", undone));
    } else if (confirmation instanceof Confirmation.Unconfirmed unconfirmed) {
      String detail = "unconfirmed: " + unconfirmed.reason();
      log.finish(Step.CONFIRM, false, detail);
      close(log, false, detail);
    }
  }

  private void close(Logbook log, boolean confirmed, String detail) {
    breaker.goodEnd();
    if (log.trail().waiting()) {
      return;
    }
    if (confirmed) {
      for (Delivery delivery : execution.standing(log.incident())) {
        roles
            .knowledge()
            .save(
                new Outcome(
                    delivery.id(), Outcome.Kind.CONFIRMED, detail, roles.clock().instant()));
      }
    }
    boolean all = confirmed && !execution.tookBack(log.incident());
    log.end(all ? IncidentStatus.CONFIRMED : IncidentStatus.DELIVERED, detail);
  }
}
