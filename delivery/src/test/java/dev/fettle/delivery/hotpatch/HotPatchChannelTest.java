package dev.fettle.delivery.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.DeliveryResult.Delivered;
import dev.fettle.contract.model.DeliveryResult.Undelivered;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.PatchHealth;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.delivery.Repairs;
import dev.fettle.testkit.DirectoryTree;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HotPatchChannelTest {
  private final ScriptedAgents agents = new ScriptedAgents();
  private final List<Runnable> ticking = new ArrayList<>();
  private final List<Outcome> heard = new ArrayList<>();
  private Consumer<Outcome> listener = heard::add;
  private Instant now = Repairs.NOW;
  private Map<String, byte[]> compiled = Map.of("shop.Cart", new byte[] {1});
  private Plausible plausible;
  private RepairCase repairCase;
  private HotPatchChannel channel;

  @BeforeEach
  void channel() {
    plausible =
        Repairs.plausible(
            Repairs.edit("src/main/java/shop/Cart.java", "price()", "price()", "0"),
            Optional.empty(),
            "guards");
    repairCase = Repairs.repairCase(DirectoryTree.of(Path.of(".")), plausible);
    channel = newChannel();
  }

  private HotPatchChannel newChannel() {
    Schedule byHand =
        (period, task) -> {
          ticking.add(task);
          return () -> ticking.remove(task);
        };
    return new HotPatchChannel(
        agents,
        (c, p) -> compiled,
        id -> Optional.of(repairCase.incident()),
        outcome -> listener.accept(outcome),
        byHand,
        Watch.DEFAULT,
        new HandClock());
  }

  private final class HandClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void patchesTheInstanceThatFailedFirstAndAlone() {
    agents.connect("shop-0", null).connect("shop-1", null).connect("shop-2", null);

    assertThat(delivered().reference()).isEqualTo("1 of 3 instances, canary");

    assertThat(agents.patched).containsExactly("shop-1");
  }

  @Test
  void promotesToAllAfterTwentyCalls() {
    agents.connect("shop-1", null).connect("shop-2", null);
    delivered();
    health("shop-1", new PatchHealth(19, 0, 4, "", 0, 3, 0));
    tick();
    assertThat(agents.patched).containsExactly("shop-1");

    health("shop-1", new PatchHealth(20, 0, 4, "", 0, 3, 0));
    tick();

    assertThat(agents.patched).containsExactly("shop-1", "shop-2");
    assertThat(heard).extracting(Outcome::kind).containsExactly(Outcome.Kind.QUIET);
    assertThat(heard.get(0).detail()).isEqualTo("promoted to 2 of 2 instances");
  }

  @Test
  void promotesToAllAfterThirtySecondsWithoutCalls() {
    agents.connect("shop-1", null).connect("shop-2", null);
    delivered();
    pass(29);
    assertThat(agents.patched).hasSize(1);

    pass(1);

    assertThat(agents.patched).hasSize(2);
  }

  @Test
  void revertsWhenMoreThrowablesLeaveThanBeforeAndAtLeastThree() {
    revertsOn(new PatchHealth(5, 2, 0, "", 0, 0, 0), false);
    revertsOn(new PatchHealth(5, 3, 3, "", 0, 0, 0), false);
    revertsOn(new PatchHealth(5, 3, 2, "", 0, 0, 0), true);
  }

  @Test
  void revertsWhenANewExceptionClassLeaves() {
    revertsOn(new PatchHealth(5, 1, 9, "java.io.IOException", 0, 0, 0), true);
  }

  @Test
  void revertsWhenServerErrorsDoubleAndAreAtLeastFive() {
    revertsOn(new PatchHealth(5, 0, 0, "", 4, 0, 0), false);
    revertsOn(new PatchHealth(5, 0, 0, "", 5, 3, 0), false);
    revertsOn(new PatchHealth(5, 0, 0, "", 6, 3, 0), true);
  }

  @Test
  void revertsWhenThreeHeartbeatsAreMissed() {
    revertsOn(new PatchHealth(5, 0, 0, "", 0, 0, 2), false);
    revertsOn(new PatchHealth(5, 0, 0, "", 0, 0, 3), true);
  }

  @Test
  void revertsWhenTheHealthCannotBeReadThreeTimes() {
    agents.connect("shop-1", null);
    delivered();
    agents.unreadable = true;
    tick();
    tick();
    assertThat(agents.patched).isNotEmpty();

    tick();
    tick();

    assertThat(agents.patched).isEmpty();
    assertThat(ticking).isEmpty();
    assertThat(heard).extracting(Outcome::kind).containsExactly(Outcome.Kind.REVERTED);
  }

  @Test
  void tellsAgainWhatTheListenerThrewAt() {
    agents.connect("shop-1", null);
    delivered();
    health("shop-1", new PatchHealth(5, 3, 0, "", 0, 0, 0));
    listener =
        outcome -> {
          throw new IllegalStateException("the disk is full");
        };
    tick();
    assertThat(agents.patched).isEmpty();
    assertThat(ticking).hasSize(1);

    listener = heard::add;
    tick();

    assertThat(heard).extracting(Outcome::kind).containsExactly(Outcome.Kind.REVERTED);
    assertThat(ticking).isEmpty();
  }

  @Test
  void withdrawsUnderALockThatTheListenerWaitsFor() throws InterruptedException {
    agents.connect("shop-1", null);
    Delivery delivery = delivered();
    health("shop-1", new PatchHealth(5, 3, 0, "", 0, 0, 0));
    ReentrantLock ofTheIncident = new ReentrantLock();
    CountDownLatch telling = new CountDownLatch(1);
    listener =
        outcome -> {
          telling.countDown();
          ofTheIncident.lock();
          heard.add(outcome);
          ofTheIncident.unlock();
        };
    ofTheIncident.lock();
    Thread watch = daemon(this::tick);
    assertThat(telling.await(1, TimeUnit.MINUTES)).isTrue();

    Thread desk = daemon(() -> channel.withdraw(delivery, "rejected").detail());
    desk.join(60_000);

    assertThat(desk.isAlive()).as("waits for the watch, which waits for this").isFalse();
    ofTheIncident.unlock();
    watch.join(60_000);
    assertThat(heard).extracting(Outcome::kind).containsExactly(Outcome.Kind.REVERTED);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void revertsOn(PatchHealth health, boolean expected) {
    agents.connect("shop-1", null);
    heard.clear();
    Delivery delivery = delivered();
    health("shop-1", health);
    tick();
    assertThat(agents.patched.isEmpty()).isEqualTo(expected);
    assertThat(heard).hasSize(expected ? 1 : 0);
    channel.withdraw(delivery, "next");
    tick();
  }

  @Test
  void revertsEverywhereWhenOneOfThePromotedFails() {
    agents.connect("shop-1", null).connect("shop-2", null).connect("shop-3", null);
    delivered();
    pass(30);
    health("shop-3", new PatchHealth(5, 7, 2, "", 0, 0, 0));

    tick();

    assertThat(agents.patched).isEmpty();
    assertThat(heard.get(1).detail())
        .isEqualTo("shop-3: 7 throwables left the patched method, 2 in the 5 minutes before");
    assertThat(ticking).isEmpty();
  }

  @Test
  void stopsJudgingAfterFiveMinutes() {
    agents.connect("shop-1", null);
    delivered();
    pass(301);
    health("shop-1", new PatchHealth(5000, 40, 2, "", 0, 0, 0));

    tick();

    assertThat(agents.patched).containsExactly("shop-1");
  }

  @Test
  void patchesInstancesThatConnectLater() {
    agents.connect("shop-1", null);
    delivered();
    pass(30);
    agents.connect("shop-9", null);

    tick();

    assertThat(agents.patched).containsExactly("shop-1", "shop-9");
  }

  @Test
  void leavesInstancesOfAnotherRevisionAlone() {
    String failing = "a".repeat(40);
    repairCase = Repairs.seenIn(repairCase, failing);
    agents.connect("shop-0", "b".repeat(40));
    assertThat(reason(deliver())).contains("runs the failing revision");

    agents.connect("shop-1", failing.substring(0, 10)).connect("shop-2", null);
    delivered();
    pass(30);

    assertThat(agents.patched).containsExactly("shop-1", "shop-2");
  }

  @Test
  void goesOnTryingToRevertWhoDoesNotAnswer() {
    agents.connect("shop-1", null).connect("shop-2", null);
    Delivery delivery = delivered();
    pass(30);
    agents.mute.add("shop-2");

    assertThat(channel.withdraw(delivery, "rejected").detail())
        .isEqualTo("reverted in 1 instance; no answer yet from shop-2, tried again");
    assertThat(agents.patched).containsExactly("shop-2");
    agents.mute.clear();
    tick();

    assertThat(agents.patched).isEmpty();
    assertThat(ticking).isEmpty();
  }

  @Test
  void saysWhenTheJvmWouldRefuse() {
    agents.connect("shop-1", null);
    agents.replies.put("shop-1", new HotPatchReply.NotHotPatchable("adds the field x"));

    assertThat(reason(deliver())).isEqualTo("not hot-patchable: adds the field x");
    assertThat(ticking).isEmpty();
  }

  @Test
  void revertsACanaryThatDidNotAnswer() {
    agents.connect("shop-1", null);
    agents.replies.put("shop-1", new HotPatchReply.Lost("time-out"));

    assertThat(reason(deliver())).contains("no answer from shop-1");

    assertThat(agents.patched).isEmpty();
  }

  @Test
  void saysWhenNobodyIsConnected() {
    assertThat(reason(deliver())).isEqualTo("no instance of shop is connected");
  }

  @Test
  void saysWhenThePatchedClassesCannotBeHad() {
    agents.connect("shop-1", null);
    compiled = Map.of();

    assertThat(reason(deliver())).contains("could not be compiled");
    assertThat(agents.calls).isEmpty();
  }

  @Test
  void deliveringTwiceLeavesOneRollout() {
    agents.connect("shop-1", null);

    assertThat(deliver()).isEqualTo(deliver());

    assertThat(agents.calls).containsExactly("apply shop-1");
    assertThat(ticking).hasSize(1);
  }

  @Test
  void withdrawsWhatWasPatchedBeforeARestart() {
    agents.connect("shop-1", null).connect("shop-2", null);
    Delivery delivery = delivered();
    pass(30);

    assertThat(newChannel().withdraw(delivery, "rollback"))
        .isEqualTo(new Withdrawal.Undone("reverted in 2 instances"));

    assertThat(agents.patched).isEmpty();
  }

  private DeliveryResult deliver() {
    return channel.deliver(plausible, repairCase);
  }

  private Delivery delivered() {
    DeliveryResult result = deliver();
    assertThat(result).isInstanceOf(Delivered.class);
    return ((Delivered) result).delivery();
  }

  private static String reason(DeliveryResult result) {
    assertThat(result).isInstanceOf(Undelivered.class);
    return ((Undelivered) result).reason();
  }

  private void health(String instance, PatchHealth health) {
    agents.health.put(instance, health);
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    tick();
  }

  private void tick() {
    List.copyOf(ticking).forEach(Runnable::run);
  }
}
