package dev.fettle.delivery.hotpatch;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.ReplacedClass;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.AgentLink;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.delivery.change.Inert;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Redefines the patched methods in running instances of the service that failed. Delivering returns
 * as soon as a canary runs them; {@link Watch} then decides whether the others follow or the canary
 * goes back, and the listener hears of it. Thread-safe.
 */
public final class HotPatchChannel implements DeliveryChannel {
  private static final String NAME = "hotpatch";

  private final AgentLink agents;
  private final BiFunction<RepairCase, Plausible, Map<String, byte[]>> classes;
  private final Function<IncidentId, Optional<Incident>> incidents;
  private final Consumer<Outcome> listener;
  private final Schedule schedule;
  private final Watch watch;
  private final Clock clock;
  private final Map<DeliveryId, Live> live = new ConcurrentHashMap<>();

  private record Live(Rollout rollout, Delivery delivery) {}

  /**
   * @param classes every class file of the sources that a patch changes, by binary name, as the
   *     project's compiler makes them; empty when they cannot be had
   * @param incidents finds the incident of a delivery from before a restart
   * @param listener hears of promotion ({@code QUIET}) and automatic revert ({@code REVERTED}),
   *     beside the schedule's repeated tasks; where it throws it hears again
   */
  public HotPatchChannel(
      AgentLink agents,
      BiFunction<RepairCase, Plausible, Map<String, byte[]>> classes,
      Function<IncidentId, Optional<Incident>> incidents,
      Consumer<Outcome> listener,
      Schedule schedule,
      Watch watch,
      Clock clock) {
    this.agents = agents;
    this.classes = classes;
    this.incidents = incidents;
    this.listener = listener;
    this.schedule = schedule;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DeliveryResult deliver(Plausible plausible, RepairCase repairCase) {
    Incident incident = repairCase.incident();
    DeliveryId id = DeliveryId.of(incident.id(), NAME);
    Live running = live.get(id);
    if (running != null) {
      return new Delivered(running.delivery());
    }
    List<ReplacedClass> files =
        classes.apply(repairCase, plausible).entrySet().stream()
            .map(e -> new ReplacedClass(e.getKey(), e.getValue()))
            .toList();
    if (files.isEmpty()) {
      return new Undelivered(NAME, "the patched classes could not be compiled");
    }
    Rollout rollout = rollout(id, incident.sample().origin(), files);
    Optional<String> obstacle = rollout.start();
    if (obstacle.isPresent()) {
      return new Undelivered(NAME, Inert.line(obstacle.get()));
    }
    Delivery delivery = new Delivery(id, incident.id(), NAME, rollout.state(), clock.instant());
    live.put(id, new Live(rollout, delivery));
    keepLooking(id, rollout);
    return new Delivered(delivery);
  }

  private Rollout rollout(DeliveryId id, Origin failed, List<ReplacedClass> files) {
    return new Rollout(
        agents,
        id.value(),
        failed,
        files,
        watch,
        clock,
        (news, detail) -> report(id, news, detail));
  }

  private void keepLooking(DeliveryId id, Rollout rollout) {
    Runnable[] stop = new Runnable[1];
    synchronized (stop) {
      stop[0] =
          schedule.every(
              watch.period(),
              () -> {
                rollout.look();
                if (rollout.hasNews()) {
                  schedule.beside(rollout::tell);
                }
                if (!rollout.more()) {
                  live.computeIfPresent(id, (key, l) -> l.rollout() == rollout ? null : l);
                  synchronized (stop) {
                    stop[0].run();
                  }
                }
              });
    }
  }

  private void report(DeliveryId id, Rollout.News news, String detail) {
    Outcome.Kind kind =
        switch (news) {
          case PROMOTED -> Outcome.Kind.QUIET;
          case REVERTED -> Outcome.Kind.REVERTED;
        };
    listener.accept(new Outcome(id, kind, Inert.line(detail), clock.instant()));
  }

  @Override
  public Withdrawal withdraw(Delivery delivery, String reason) {
    Live running = live.remove(delivery.id());
    if (running != null) {
      return undone(running.rollout());
    }
    Optional<Incident> incident = incidents.apply(delivery.incident());
    if (incident.isEmpty()) {
      return new Withdrawal.Stands(
          "nobody knows which service ran this hot patch; nothing was reverted");
    }
    // patched before a restart: whoever runs it still answers to its id
    Rollout known = rollout(delivery.id(), incident.get().sample().origin(), List.of());
    Withdrawal undone = undone(known);
    if (!known.outstanding().isEmpty()) {
      keepLooking(delivery.id(), known);
    }
    return undone;
  }

  /** What does not answer is undone too: the rollout goes on asking it. */
  private static Withdrawal undone(Rollout rollout) {
    int reverted = rollout.revert();
    return new Withdrawal.Undone(
        "reverted in "
            + reverted
            + (reverted == 1 ? " instance" : " instances")
            + (rollout.outstanding().isEmpty()
                ? ""
                : "; no answer yet from "
                    + Inert.line(String.join(", ", rollout.outstanding()))
                    + ", tried again"));
  }
}
