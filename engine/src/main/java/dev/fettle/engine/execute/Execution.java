package dev.fettle.engine.execute;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.Knowledge;
import dev.fettle.contract.spi.RepairCase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes plausible patches through the channels that policy opens, in the order of the channels, and
 * takes them back. A delivery is saved as soon as it is made. Immutable.
 */
public final class Execution {
  /** The channel that may carry a patch without a proof by itself: people apply it by hand. */
  private static final String BY_HAND = "patchfile";

  /** The channel that never carries a patch without a proof. */
  private static final String LIVE = "hotpatch";

  private final List<DeliveryChannel> channels;
  private final Knowledge knowledge;
  private final InstantSource clock;

  public Execution(List<DeliveryChannel> channels, Knowledge knowledge, InstantSource clock) {
    this.channels = List.copyOf(channels);
    this.knowledge = knowledge;
    this.clock = clock;
  }

  /**
   * Delivers where {@code policy} says automatic, and where it says on approval if {@code
   * approved}. What an earlier call delivered is not delivered again.
   */
  public Handover deliver(
      Plausible plausible, RepairCase repairCase, Policy policy, boolean approved) {
    List<DeliveryResult> results = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (DeliveryChannel channel : channels) {
      String name = channel.name();
      Optional<Delivery> before = standing(repairCase.incident().id(), name);
      Autonomy autonomy = policy.autonomy(name).min(ceiling(plausible, name));
      if (before.isPresent()) {
        results.add(new DeliveryResult.Delivered(before.get()));
      } else if (autonomy == Autonomy.NEVER) {
        results.add(new DeliveryResult.Withheld(name, rule(policy, name)));
      } else if (autonomy == Autonomy.ON_APPROVAL && !approved) {
        waiting.add(name);
      } else {
        DeliveryResult result = deliver(channel, plausible, repairCase);
        if (result instanceof DeliveryResult.Delivered d) {
          knowledge.save(d.delivery());
        }
        results.add(result);
      }
    }
    return new Handover(results, waiting);
  }

  /** Takes back every standing delivery of an incident. One line per delivery. */
  public List<String> withdraw(IncidentId incident, Outcome.Kind kind, String reason) {
    return standing(incident).stream().map(d -> withdraw(d, kind, reason).detail()).toList();
  }

  /** Takes one delivery back. The outcome is saved only for what was undone. */
  public Withdrawal withdraw(Delivery delivery, Outcome.Kind kind, String reason) {
    for (DeliveryChannel channel : channels) {
      if (channel.name().equals(delivery.channel())) {
        return undo(channel, delivery, kind, reason);
      }
    }
    return new Withdrawal.Stands(delivery.channel() + " is not wired: nothing was undone");
  }

  /** Deliveries of an incident that were not taken back. */
  public List<Delivery> standing(IncidentId incident) {
    return knowledge.deliveries(incident).stream().filter(this::stands).toList();
  }

  /** Whether nobody took the delivery back. */
  public boolean stands(Delivery delivery) {
    return delivery.stands(knowledge.outcomes(delivery.id()));
  }

  /** Whether something that was delivered for the incident was taken back. */
  public boolean tookBack(IncidentId incident) {
    return !knowledge.deliveries(incident).stream().allMatch(this::stands);
  }

  /** Deliveries in effect: standing ones that need nobody to apply them by hand. */
  public List<Delivery> inEffect(IncidentId incident) {
    return standing(incident).stream().filter(d -> !d.channel().equals(BY_HAND)).toList();
  }

  private Optional<Delivery> standing(IncidentId incident, String channel) {
    return standing(incident).stream().filter(d -> d.channel().equals(channel)).findFirst();
  }

  /** A channel that throws did not deliver. One of the firebreaks of the build. */
  private static DeliveryResult deliver(
      DeliveryChannel channel, Plausible plausible, RepairCase repairCase) {
    try {
      return channel.deliver(plausible, repairCase);
    } catch (RuntimeException | LinkageError e) {
      return new DeliveryResult.Undelivered(channel.name(), e.toString());
    }
  }

  /** A channel that throws took nothing back. One of the firebreaks of the build. */
  private Withdrawal undo(
      DeliveryChannel channel, Delivery delivery, Outcome.Kind kind, String reason) {
    try {
      Withdrawal withdrawal = channel.withdraw(delivery, reason);
      if (withdrawal instanceof Withdrawal.Undone) {
        knowledge.save(new Outcome(delivery.id(), kind, reason, clock.instant()));
      }
      return withdrawal;
    } catch (RuntimeException | LinkageError e) {
      return new Withdrawal.Stands(channel.name() + " could not be undone: " + e);
    }
  }

  private static Autonomy ceiling(Plausible plausible, String channel) {
    if (plausible.proved() || channel.equals(BY_HAND)) {
      return Autonomy.AUTOMATIC;
    }
    return channel.equals(LIVE) ? Autonomy.NEVER : Autonomy.ON_APPROVAL;
  }

  private static String rule(Policy policy, String channel) {
    return policy.autonomy(channel) == Autonomy.NEVER
        ? "policy " + policy.name() + ": " + channel + " never"
        : "unproved patches: " + channel + " never";
  }
}
