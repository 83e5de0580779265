package dev.fettle.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.engine.knowledge.Trail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairsTest {
  private final Scene scene = new Scene();
  private final Deque<Runnable> threads = new ArrayDeque<>();
  private final List<Resolution> ended = new ArrayList<>();

  @Test
  void repairsAnIncidentOnceAtATime() {
    Repairs repairs = repairs();
    assertThat(submit(repairs)).isInstanceOf(Submission.Accepted.class);
    assertThat(submit(repairs)).isInstanceOf(Submission.Underway.class);
    run();
    assertThat(ended).hasSize(1);
    assertThat(submit(repairs)).isInstanceOf(Submission.Underway.class);
    scene.runLater();
    assertThat(submit(repairs)).isEqualTo(new Submission.Refused("the incident is CONFIRMED"));
  }

  @Test
  void triesThreeTimesWithGrowingPauses() {
    scene.says = (oracle, c) -> new StepResult.Rejected("no");
    Repairs repairs = repairs();
    submit(repairs);
    run();
    assertThat(submit(repairs)).isInstanceOf(Submission.Paused.class);
    scene.now = scene.now.plus(Duration.ofMinutes(1));
    assertThat(submit(repairs)).isInstanceOf(Submission.Accepted.class);
    run();
    scene.now = scene.now.plus(Duration.ofMinutes(1));
    assertThat(submit(repairs)).isInstanceOf(Submission.Paused.class);
    scene.now = scene.now.plus(Duration.ofMinutes(1));
    assertThat(submit(repairs)).isInstanceOf(Submission.Accepted.class);
    run();
    scene.now = scene.now.plus(Duration.ofDays(1));
    assertThat(submit(repairs)).isEqualTo(new Submission.Refused("3 attempts failed"));
  }

  @Test
  void doesNotPauseForARicherSample() {
    scene.says = (oracle, c) -> new StepResult.Rejected("no");
    Repairs repairs = repairs();
    submit(repairs);
    run();
    assertThat(repairs.submit(scene.incident(), true)).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void refusesPublicIncidents() {
    scene.trust = TrustTier.PUBLIC;
    assertThat(submit(repairs())).isInstanceOf(Submission.Refused.class);
    assertThat(threads).isEmpty();
  }

  @Test
  void endsAnAttemptThatThrewSoThatItDoesNotComeBackAtEveryStart() {
    scene.policy = null; // a broken promise inside the road
    Repairs broken = repairs();
    broken.submit(scene.incident(), false);
    run();
    assertThat(ended).singleElement().extracting(Resolution::detail).asString().contains("broken");
    assertThat(scene.store.unfinished()).isEmpty();
  }

  @Test
  void opensTheBreakerAfterBadEndsInARowAndClosesItAgain() {
    RepairLoop loop = scene.loop();
    Repairs repairs = repairs(loop);
    for (int i = 0; i < 5; i++) {
      loop.breaker().badEnd();
    }
    assertThat(submit(repairs)).isInstanceOf(Submission.Paused.class);
    scene.now = scene.now.plus(Duration.ofMinutes(10));
    assertThat(submit(repairs)).isInstanceOf(Submission.Accepted.class);
  }

  @Test
  void boundsItsQueue() {
    Repairs none =
        new Repairs(
            scene.loop(),
            scene.roles(),
            threads::add,
            new Repairs.Limits(0, 3, Duration.ofMinutes(1), 5, Duration.ofMinutes(1)),
            (id, resolution) -> {});
    assertThat(submit(none)).isInstanceOf(Submission.Paused.class);
  }

  @Test
  void takesUpWhatAKilledServerLeft() {
    RepairLoop loop = scene.loop();
    scene.store.killAt(4, true);
    try {
      loop.resolve(Scene.ID);
    } catch (dev.fettle.testkit.road.MemoryStore.Killed killed) {
      scene.store.revive();
    }
    Repairs repairs = repairs();
    assertThat(repairs.resume()).isEqualTo(1);
    run();
    assertThat(ended.get(0)).isInstanceOf(Resolution.Repaired.class);
    assertThat(Trail.of(scene.store.of(Scene.ID)).attempts()).isEqualTo(1);
  }

  @Test
  void doesNotTakeAnIncidentAgainBeforeItsAttemptIsBrokenOff() {
    scene.policy = null;
    List<Integer> underWay = new ArrayList<>();
    Repairs repairs = repairs();
    submit(repairs);
    scene.asked = () -> underWay.add(repairs.underWay());
    run();
    assertThat(underWay).as("at each entry of the journal").containsOnly(1);
    assertThat(repairs.underWay()).isZero();
  }

  @Test
  void releasesAnIncidentWhoseRepairRanOutOfMemory() {
    scene.says =
        (oracle, c) -> {
          throw new OutOfMemoryError("of this test");
        };
    Repairs repairs = repairs();
    submit(repairs);
    assertThatThrownBy(this::run).isInstanceOf(OutOfMemoryError.class);
    assertThat(repairs.underWay()).isZero();
  }

  private Repairs repairs() {
    return repairs(scene.loop());
  }

  private Repairs repairs(RepairLoop loop) {
    return new Repairs(
        loop,
        scene.roles(),
        threads::add,
        Repairs.Limits.defaults(),
        (id, resolution) -> ended.add(resolution));
  }

  private Submission submit(Repairs repairs) {
    return repairs.submit(scene.incident(), false);
  }

  private void run() {
    while (!threads.isEmpty()) {
      threads.removeFirst().run();
    }
  }
}
