package dev.fettle.testkit.road;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.RepairCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delivers into a map that outlives a killed server, as a branch does: the world. Confined to one
 * thread.
 */
public final class RecordingChannel implements DeliveryChannel {
  private final String name;
  private final Map<IncidentId, Delivery> world = new LinkedHashMap<>();
  private final List<Plausible> carried = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private boolean stuck;
  private int made;
  private @Nullable String obstacle;

  public RecordingChannel(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  /** From now on nothing can be delivered, for this reason. */
  public void failWith(String reason) {
    obstacle = reason;
  }

  @Override
  public DeliveryResult deliver(Plausible plausible, RepairCase repairCase) {
    if (obstacle != null) {
      return new DeliveryResult.Undelivered(name, obstacle);
    }
    carried.add(plausible);
    IncidentId incident = repairCase.incident().id();
    Delivery delivery =
        world.computeIfAbsent(
            incident,
            id -> {
              made++;
              return new Delivery(
                  new DeliveryId("del-" + id.value().substring(4) + "-" + name),
                  id,
                  name,
                  "at " + name,
                  Instant.EPOCH.plusSeconds(1));
            });
    return new DeliveryResult.Delivered(delivery);
  }

  @Override
  public Withdrawal withdraw(Delivery delivery, String reason) {
    if (stuck) {
      return new Withdrawal.Stands(name + " has commits on top");
    }
    world.remove(delivery.incident());
    withdrawn.add(reason);
    return new Withdrawal.Undone(name + " taken back");
  }

  /** From now on nothing can be taken back. */
  public void stick() {
    stuck = true;
  }

  /** What stands in the world now. */
  public List<Delivery> standing() {
    return List.copyOf(world.values());
  }

  /** Deliveries that changed the world so far. */
  public int made() {
    return made;
  }

  /** What was asked to be delivered, the same patch twice included. */
  public List<Plausible> carried() {
    return List.copyOf(carried);
  }

  /** Reasons of withdrawals. */
  public List<String> withdrawn() {
    return List.copyOf(withdrawn);
  }
}
