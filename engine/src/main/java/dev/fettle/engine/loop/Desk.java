package dev.fettle.engine.loop;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.engine.execute.Execution;
import dev.fettle.engine.knowledge.IncidentStatus;
import dev.fettle.engine.knowledge.Progress;
import dev.fettle.engine.knowledge.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where people decide: approve, reject, roll back. Each decision is journaled. Thread-safe. */
public final class Desk {
  /** What a decision led to. */
  public sealed interface Decision {
    /** One line for people. */
    String detail();

    /** Done. */
    record Taken(String detail) implements Decision {}

    /** Policy let nothing out of what was approved. */
    record Withheld(String detail) implements Decision {}

    /** No channel took what was approved. */
    record Undelivered(String detail) implements Decision {}

    /** There was nothing of that kind to decide, or it could not be done. */
    record Refused(String detail) implements Decision {}
  }

  private final Roles roles;
  private final RepairLoop loop;
  private final Execution execution;
  private final Locks locks;

  Desk(Roles roles, RepairLoop loop, Execution execution, Locks locks) {
    this.roles = roles;
    this.loop = loop;
    this.execution = execution;
    this.locks = locks;
  }

  /**
   * Delivers what waits for approval; returns when it is delivered. {@code Taken} when at least one
   * channel took it.
   */
  public Decision approve(IncidentId id, String who) {
    return locks.holding(
        id,
        () -> {
          Logbook log = Logbook.open(roles, id);
          if (!log.trail().waiting()) {
            return new Decision.Refused(id + " does not wait for approval");
          }
          int before = execution.standing(id).size();
          log.begin(Step.DELIVER, "approved by " + who);
          Resolution led = loop.resolve(id);
          return execution.standing(id).size() > before
              ? new Decision.Taken(led.detail())
              : keptIn(led);
        });
  }

  /** What was delivered before the approval may still stand. */
  private static Decision keptIn(Resolution led) {
    boolean byPolicy =
        led instanceof Resolution.Withheld
            || (led instanceof Resolution.Repaired repaired && !repaired.failed());
    return byPolicy ? new Decision.Withheld(led.detail()) : new Decision.Undelivered(led.detail());
  }

  /** Takes back what was delivered and ends the attempts at the incident. */
  public Decision reject(IncidentId id, String who, String reason) {
    return locks.holding(
        id,
        () -> {
          Logbook log = Logbook.open(roles, id);
          List<Delivery> standing = execution.standing(id);
          if (!log.trail().waiting() && standing.isEmpty()) {
            return new Decision.Refused(id + " has nothing to reject");
          }
          List<String> lines = new ArrayList<>(List.of("rejected by " + who + ": " + reason));
          lines.addAll(execution.withdraw(id, Outcome.Kind.REJECTED, reason));
          String detail = String.join("; ", lines);
          log.end(IncidentStatus.REJECTED, detail);
          return new Decision.Taken(detail);
        });
  }

  /** Takes one delivery back. */
  public Decision rollback(DeliveryId id, String who, String reason) {
    Optional<Delivery> found = roles.knowledge().delivery(id);
    if (found.isEmpty()) {
      return new Decision.Refused("no such delivery: " + id);
    }
    Delivery delivery = found.get();
    return locks.holding(
        delivery.incident(),
        () -> {
          if (!execution.stands(delivery)) {
            return new Decision.Refused(id + " was taken back before");
          }
          Logbook log = Logbook.open(roles, delivery.incident());
          Withdrawal withdrawal = execution.withdraw(delivery, Outcome.Kind.REVERTED, reason);
          if (withdrawal instanceof Withdrawal.Stands stands) {
            return new Decision.Refused(id + " still stands: " + stands.detail());
          }
          String line =
              "rolled back by "
                  + who
                  + (reason.isBlank() ? "" : " (" + reason + ")")
                  + ": "
                  + withdrawal.detail();
          takenBack(delivery.incident(), log, line);
          return new Decision.Taken(line);
        });
  }

  /** Saves what was observed elsewhere, such as a canary that reverted its hot patch. */
  public void observed(Outcome outcome) {
    Delivery delivery =
        roles
            .knowledge()
            .delivery(outcome.delivery())
            .orElseThrow(
                () -> new IllegalArgumentException("no such delivery: " + outcome.delivery()));
    locks.holding(
        delivery.incident(),
        () -> {
          roles.knowledge().save(outcome);
          if (!execution.stands(delivery)) {
            String line = delivery.channel() + " was taken back: " + outcome.detail();
            takenBack(delivery.incident(), Logbook.open(roles, delivery.incident()), line);
          }
          return outcome;
        });
  }

  /** How far the incident came. */
  public Progress progress(IncidentId id) {
    return Progress.of(
        roles
            .knowledge()
            .incident(id)
            .orElseThrow(() -> new IllegalArgumentException("no such incident: " + id)),
        roles.journal().of(id),
        roles.knowledge().deliveries(id));
  }

  /**
   * An attempt ends with the last delivery that was in effect, but not while people may still
   * approve another. What was taken back in part is delivered, and no longer confirmed.
   */
  private void takenBack(IncidentId id, Logbook log, String line) {
    Trail trail = log.trail();
    List<Delivery> standing = execution.standing(id);
    String left =
        standing.isEmpty()
            ? line
            : line
                + "; still there: "
                + standing.stream().map(Delivery::channel).collect(Collectors.joining(", "));
    if (execution.inEffect(id).isEmpty() && !trail.waiting()) {
      log.end(IncidentStatus.WITHDRAWN, left);
    } else if (trail.underWay()) {
      log.stillDelivered(left);
    } else {
      log.end(IncidentStatus.DELIVERED, left);
    }
  }
}
