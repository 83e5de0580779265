package dev.fettle.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.engine.knowledge.IncidentStatus;
import dev.fettle.engine.knowledge.Progress;
import dev.fettle.testkit.road.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepairLoopTest {
  private final Scene scene = new Scene();

  @Test
  void walksFromCheckoutToDeliveryAndConfirmsLater() {
    Resolution resolution = scene.loop().resolve(Scene.ID);
    assertThat(resolution).isInstanceOf(Resolution.Repaired.class);
    assertThat(scene.hotpatch.standing()).hasSize(1);
    assertThat(scene.branch.standing()).hasSize(1);
    assertThat(scene.laboratory.confirmations()).isZero();
    assertThat(status()).isEqualTo(IncidentStatus.DELIVERED);

    scene.runLater();

    assertThat(status()).isEqualTo(IncidentStatus.CONFIRMED);
    assertThat(outcomes("branch")).containsExactly(Outcome.Kind.CONFIRMED);
    assertThat(scene.store.unfinished()).isEmpty();
  }

  @Test
  void journalsEveryStepBeforeAndAfterIt() {
    scene.loop().resolve(Scene.ID);
    scene.runLater();
    assertThat(scene.store.of(Scene.ID))
        .extracting(e -> e.step() + " " + e.state())
        .containsExactly(
            "CHECKOUT STARTED",
            "CHECKOUT DONE",
            "DIAGNOSE STARTED",
            "DIAGNOSE DONE",
            "REPRODUCE STARTED",
            "REPRODUCE DONE",
            "VALIDATE STARTED",
            "PLAN STARTED",
            "PLAN DONE",
            "VALIDATE DONE",
            "DELIVER STARTED",
            "DELIVER DONE",
            "CONFIRM STARTED",
            "CONFIRM DONE",
            "OUTCOME DONE");
  }

  /** A kill before and after every write of the road, then a new server with the same store. */
  @Test
  void deliversOnceWhereverItIsKilled() {
    long writes = writesOfAWholeRoad();
    assertThat(writes).isGreaterThan(15);
    for (boolean after : new boolean[] {false, true}) {
      for (long write = 1; write <= writes; write++) {
        Scene killed = new Scene();
        RepairLoop loop = killed.loop();
        killed.store.killAt(write, after);
        Throwable end =
            catchThrowable(
                () -> {
                  loop.resolve(Scene.ID);
                  killed.runLater();
                });
        assertThat(end).as("write %s", write).isInstanceOf(MemoryStore.Killed.class);
        killed.store.revive();
        killed.later.clear();

        if (killed.store.of(Scene.ID).isEmpty() || !killed.store.unfinished().isEmpty()) {
          killed.loop().resolve(Scene.ID);
          killed.runLater();
        }

        String where = "killed " + (after ? "after" : "before") + " write " + write;
        assertThat(status(killed)).as(where).isEqualTo(IncidentStatus.CONFIRMED);
        assertThat(killed.branch.made()).as(where).isEqualTo(1);
        assertThat(killed.hotpatch.made()).as(where).isEqualTo(1);
        assertThat(killed.branch.carried()).as(where).containsOnly(killed.branch.carried().get(0));
        assertThat(killed.store.unfinished()).as(where).isEmpty();
      }
    }
  }

  @Test
  void repeatsNoFinishedStepAfterAKill() {
    scene.store.killAt(writesUntil(Step.VALIDATE, State.STARTED), true);
    RepairLoop first = scene.loop();
    assertThat(catchThrowable(() -> first.resolve(Scene.ID)))
        .isInstanceOf(MemoryStore.Killed.class);
    scene.store.revive();

    scene.loop().resolve(Scene.ID);

    assertThat(scene.laboratory.runs()).isZero();
    assertThat(scene.checkouts).containsExactly("0123abc", "f".repeat(40));
    assertThat(entries(Step.DIAGNOSE)).hasSize(2);
  }

  @Test
  void givesUpAnIncidentThatKillsTheServerAgainAndAgain() {
    scene.loop();
    for (int i = 0; i < 5; i++) {
      scene.store.append(
          new JournalEntry(0, Scene.ID, Step.CHECKOUT, State.STARTED, "", "", Scene.AT));
    }
    assertThat(scene.loop().resolve(Scene.ID).detail()).contains("again and again");
    assertThat(scene.store.unfinished()).isEmpty();
  }

  @Test
  void deliversNothingWhenEveryOracleIsInconclusive() {
    scene.says = (oracle, c) -> new StepResult.Broken("worker killed");
    Resolution resolution = scene.loop().resolve(Scene.ID);
    assertThat(resolution).isInstanceOf(Resolution.Unrepaired.class);
    assertThat(resolution.detail()).contains("1 inconclusive");
    assertThat(scene.branch.carried()).isEmpty();
    assertThat(status()).isEqualTo(IncidentStatus.UNREPAIRED);
  }

  @Test
  void outlivesAGeneratorThatCrashes() {
    scene.generators = List.of(Scene.crashing(), Scene.proposing(Scene.candidate("y()", 0.5)));
    assertThat(scene.loop().resolve(Scene.ID)).isInstanceOf(Resolution.Repaired.class);
    assertThat(entries(Step.PLAN))
        .anyMatch(e -> e.state() == State.FAILED && e.detail().contains("crashing failed"));
  }

  @Test
  void saysThatNoCandidateWasProposed() {
    scene.generators = List.of();
    assertThat(scene.loop().resolve(Scene.ID).detail()).isEqualTo("no candidate was proposed");
  }

  @Test
  void undiagnosedWithoutARevision() {
    scene.checkout = new Revisions.Checkout.Missing("revision 0123abc is not in /shop");
    assertThat(scene.loop().resolve(Scene.ID))
        .isEqualTo(new Resolution.Undiagnosed(Scene.ID, "revision 0123abc is not in /shop"));
  }

  @Test
  void undiagnosedWhenTheProjectDoesNotCompile() {
    scene.reading = new ProjectReader.Reading.Unreadable("Orders.java:3: ';' expected");
    assertThat(scene.loop().resolve(Scene.ID).detail()).contains("';' expected");
  }

  @Test
  void onlyDiagnosesWhatItCannotRepair() {
    scene.repairable = false;
    assertThat(scene.loop().resolve(Scene.ID))
        .isEqualTo(new Resolution.Unrepaired(Scene.ID, 0, "diagnosis only: Kotlin"));
    assertThat(scene.store.caseFile(Scene.ID).flatMap(CaseFile::diagnosis)).isPresent();
  }

  @Test
  void neverRepairsForAPublicSignal() {
    scene.trust = TrustTier.PUBLIC;
    assertThat(scene.loop().resolve(Scene.ID)).isInstanceOf(Resolution.Withheld.class);
    assertThat(scene.store.of(Scene.ID)).isEmpty();
    assertThat(scene.checkouts).isEmpty();
  }

  @Test
  void withholdsWhatPolicyForbids() {
    scene.policy = Map.of();
    Resolution resolution = scene.loop().resolve(Scene.ID);
    assertThat(resolution).isInstanceOf(Resolution.Withheld.class);
    assertThat(resolution.detail()).contains("policy test: branch never");
    assertThat(status()).isEqualTo(IncidentStatus.WITHHELD);
    assertThat(scene.branch.carried()).isEmpty();
  }

  @Test
  void carriesAnUnprovedPatchToAFileOnly() {
    scene.reproducible = false;
    Resolution resolution = scene.loop().resolve(Scene.ID);
    assertThat(scene.patchfile.standing()).hasSize(1);
    assertThat(scene.patchfile.carried().get(0).proved()).isFalse();
    assertThat(scene.hotpatch.carried()).isEmpty();
    assertThat(scene.branch.carried()).isEmpty();
    assertThat(((Resolution.Repaired) resolution).waiting()).containsExactly("branch");
  }

  @Test
  void waitsForApprovalAndThenDelivers() {
    scene.policy = Map.of("branch", Autonomy.ON_APPROVAL);
    RepairLoop loop = scene.loop();
    assertThat(loop.resolve(Scene.ID)).isInstanceOf(Resolution.Proposed.class);
    assertThat(status()).isEqualTo(IncidentStatus.PROPOSED);
    assertThat(loop.resolve(Scene.ID)).isInstanceOf(Resolution.Proposed.class);
    assertThat(scene.branch.carried()).isEmpty();

    assertThat(loop.desk().approve(Scene.ID, "Ada")).isInstanceOf(Desk.Decision.Taken.class);
    scene.runLater();

    assertThat(scene.branch.standing()).hasSize(1);
    assertThat(status()).isEqualTo(IncidentStatus.CONFIRMED);
    assertThat(loop.desk().approve(Scene.ID, "Ada")).isInstanceOf(Desk.Decision.Refused.class);
  }

  @Test
  void saysThatPolicyWithholdsWhatWasApproved() {
    scene.policy = Map.of("branch", Autonomy.ON_APPROVAL, "patchfile", Autonomy.AUTOMATIC);
    scene.loop().resolve(Scene.ID);
    scene.policy = Map.of("patchfile", Autonomy.AUTOMATIC);

    Desk.Decision decision = scene.loop().desk().approve(Scene.ID, "Ada");

    assertThat(decision).isInstanceOf(Desk.Decision.Withheld.class);
    assertThat(decision.detail()).contains("branch withheld by policy test: branch never");
    assertThat(scene.patchfile.standing()).hasSize(1);
  }

  @Test
  void saysThatAChannelCouldNotTakeWhatWasApproved() {
    scene.policy = Map.of("branch", Autonomy.ON_APPROVAL);
    scene.loop().resolve(Scene.ID);
    scene.branch.failWith("the reference is locked");

    Desk.Decision decision = scene.loop().desk().approve(Scene.ID, "Ada");

    assertThat(decision).isInstanceOf(Desk.Decision.Undelivered.class);
    assertThat(decision.detail()).contains("the reference is locked");
  }

  @Test
  void deliversAnApprovedPatchAfterAKill() {
    scene.policy = Map.of("branch", Autonomy.ON_APPROVAL);
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    scene.store.killAt(1, true);
    assertThat(catchThrowable(() -> loop.desk().approve(Scene.ID, "Ada")))
        .isInstanceOf(MemoryStore.Killed.class);
    scene.store.revive();

    scene.loop().resolve(Scene.ID);

    assertThat(scene.branch.standing()).hasSize(1);
  }

  @Test
  void takesBackWhatTheProjectsOwnBuildRefutes() {
    scene.confirmation = new Confirmation.Refuted("OrdersTest failed");
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    scene.runLater();
    assertThat(loop.breaker().openUntil(1, Duration.ofMinutes(1))).isPresent();
    assertThat(scene.branch.standing()).isEmpty();
    assertThat(scene.hotpatch.standing()).isEmpty();
    assertThat(scene.branch.withdrawn()).containsExactly("refuted: OrdersTest failed");
    assertThat(outcomes("hotpatch")).containsExactly(Outcome.Kind.WITHDRAWN);
    assertThat(status()).isEqualTo(IncidentStatus.WITHDRAWN);
  }

  @Test
  void countsNothingAsTakenBackThatCouldNotBeUndone() {
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    scene.runLater();
    scene.branch.stick();
    var stuck = scene.branch.standing().get(0).id();

    assertThat(loop.desk().rollback(stuck, "Ada", "noise"))
        .isEqualTo(new Desk.Decision.Refused(stuck + " still stands: branch has commits on top"));

    assertThat(outcomes("branch")).containsExactly(Outcome.Kind.CONFIRMED);
    assertThat(status()).isEqualTo(IncidentStatus.CONFIRMED);
  }

  @Test
  void staysDeliveredWhenWhatTheBuildRefutesCannotBeUndone() {
    scene.confirmation = new Confirmation.Refuted("OrdersTest failed");
    scene.branch.stick();
    scene.loop().resolve(Scene.ID);
    scene.runLater();

    assertThat(scene.hotpatch.standing()).isEmpty();
    assertThat(outcomes("branch")).isEmpty();
    assertThat(status()).isEqualTo(IncidentStatus.DELIVERED);
  }

  @Test
  void leavesStandingWhatTheBuildCouldNotJudge() {
    scene.confirmation = new Confirmation.Unconfirmed("no Maven");
    scene.loop().resolve(Scene.ID);
    scene.runLater();
    assertThat(scene.branch.standing()).hasSize(1);
    assertThat(status()).isEqualTo(IncidentStatus.DELIVERED);
  }

  @Test
  void doesNotConfirmWhatPeopleRejectedMeanwhile() {
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    loop.desk().reject(Scene.ID, "Ada", "wrong");
    scene.runLater();
    assertThat(scene.branch.standing()).isEmpty();
    assertThat(outcomes("branch")).containsExactly(Outcome.Kind.REJECTED);
    assertThat(status()).isEqualTo(IncidentStatus.REJECTED);
  }

  @Test
  void rollsOneDeliveryBackAndKeepsTheOthers() {
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    scene.runLater();
    var live = scene.hotpatch.standing().get(0).id();

    assertThat(loop.desk().rollback(live, "Ada", "noise")).isInstanceOf(Desk.Decision.Taken.class);
    assertThat(loop.desk().rollback(live, "Ada", "")).isInstanceOf(Desk.Decision.Refused.class);

    assertThat(scene.hotpatch.standing()).isEmpty();
    assertThat(scene.branch.standing()).hasSize(1);
    assertThat(status()).isEqualTo(IncidentStatus.DELIVERED);
    assertThat(entries(Step.OUTCOME))
        .last()
        .extracting(JournalEntry::detail)
        .asString()
        .endsWith("still there: branch, patchfile");
    assertThat(scene.store.unfinished()).isEmpty();
  }

  @Test
  void countsAsWithdrawnWhenOnlyAFileIsLeft() {
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    scene.runLater();

    loop.desk().rollback(scene.hotpatch.standing().get(0).id(), "Ada", "");
    loop.desk().rollback(scene.branch.standing().get(0).id(), "Ada", "");

    assertThat(scene.patchfile.standing()).hasSize(1);
    assertThat(status()).isEqualTo(IncidentStatus.WITHDRAWN);
  }

  @Test
  void doesNotConfirmAllOfWhatWasTakenBackInPartMeanwhile() {
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);

    loop.desk().rollback(scene.hotpatch.standing().get(0).id(), "Ada", "");
    scene.runLater();

    assertThat(outcomes("branch")).containsExactly(Outcome.Kind.CONFIRMED);
    assertThat(status()).isEqualTo(IncidentStatus.DELIVERED);
  }

  @Test
  void notesACanaryThatReverted() {
    scene.policy = Map.of("hotpatch", Autonomy.AUTOMATIC);
    RepairLoop loop = scene.loop();
    loop.resolve(Scene.ID);
    loop.desk()
        .observed(
            new Outcome(
                scene.hotpatch.standing().get(0).id(),
                Outcome.Kind.REVERTED,
                "more errors",
                Scene.AT.plusSeconds(30)));
    assertThat(status()).isEqualTo(IncidentStatus.WITHDRAWN);
  }

  @Test
  void namesTheMomentsOfTheRoad() {
    scene.loop().resolve(Scene.ID);
    scene.runLater();
    Progress progress = progress(scene);
    assertThat(progress.thrownAt()).isEqualTo(Scene.AT);
    assertThat(progress.verdictAt()).isPresent();
    assertThat(progress.branchAt()).isPresent();
    assertThat(progress.hotPatchAt()).isPresent();
    assertThat(progress.confirmedAt()).isPresent();
    assertThat(progress.attempts()).isEqualTo(1);
  }

  private long writesOfAWholeRoad() {
    Scene whole = new Scene();
    RepairLoop loop = whole.loop();
    long before = whole.store.writes();
    loop.resolve(Scene.ID);
    whole.runLater();
    return whole.store.writes() - before;
  }

  /** Writes of a road until that entry, the incident's own included. */
  private static long writesUntil(Step step, State state) {
    Scene whole = new Scene();
    long write = 0;
    Throwable end;
    do {
      whole = new Scene();
      whole.store.killAt(++write, true);
      Scene each = whole;
      end = catchThrowable(() -> each.loop().resolve(Scene.ID));
    } while (end != null
        && whole.store.of(Scene.ID).stream()
            .noneMatch(e -> e.step() == step && e.state() == state));
    return write;
  }

  private List<JournalEntry> entries(Step step) {
    return scene.store.of(Scene.ID).stream().filter(e -> e.step() == step).toList();
  }

  private List<Outcome.Kind> outcomes(String channel) {
    return scene.store.deliveries(Scene.ID).stream()
        .filter(d -> d.channel().equals(channel))
        .flatMap(d -> scene.store.outcomes(d.id()).stream())
        .map(Outcome::kind)
        .toList();
  }

  private IncidentStatus status() {
    return status(scene);
  }

  private static IncidentStatus status(Scene of) {
    return progress(of).status();
  }

  private static Progress progress(Scene of) {
    return Progress.of(
        of.store.incident(Scene.ID).orElseThrow(),
        of.store.of(Scene.ID),
        of.store.deliveries(Scene.ID));
  }
}
