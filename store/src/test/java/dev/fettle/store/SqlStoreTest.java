package dev.fettle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.Reproduction;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.model.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlStoreTest {
  @TempDir Path directory;
  private SqlStore store;

  @BeforeEach
  void open() {
    store = SqlStore.open(directory.resolve("data/fettle.db"), InstantSource.fixed(Records.AT));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void givesBackAnIncidentAsItWasSaved() {
    Incident incident = Records.incident(1, "shop", 3);
    store.save(incident);
    assertThat(store.incident(incident.id())).contains(incident);
  }

  @Test
  void findsAnIncidentByAnyHashWithinItsService() {
    Incident incident = Records.incident(1, "shop", 1);
    store.save(incident);
    assertThat(store.find("shop", new Fingerprint(List.of("zz", "bb1"), "next:2")))
        .contains(incident);
    assertThat(store.find("bank", incident.fingerprint())).isEmpty();
    assertThat(store.find("shop", new Fingerprint(List.of("zz"), "next:2"))).isEmpty();
  }

  @Test
  void countsASignalOnce() {
    assertThat(store.count("s1", Records.incident(1, "shop", 1))).isTrue();
    assertThat(store.count("s1", Records.incident(1, "shop", 2))).isFalse();
    assertThat(store.incident(Records.id(1)).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void numbersEntriesInTheOrderTheyWereAppended() {
    JournalEntry first = store.append(Records.entry(1, Step.CHECKOUT, State.STARTED));
    JournalEntry second = store.append(Records.entry(1, Step.CHECKOUT, State.DONE));
    store.append(Records.entry(2, Step.CHECKOUT, State.DONE));
    assertThat(first.sequence()).isLessThan(second.sequence());
    assertThat(store.of(Records.id(1))).containsExactly(first, second);
  }

  @Test
  void goesOnNumberingAfterAnotherStart() {
    JournalEntry before = store.append(Records.entry(1, Step.CHECKOUT, State.STARTED));
    store.close();
    open();
    JournalEntry after = store.append(Records.entry(1, Step.CHECKOUT, State.DONE));
    assertThat(after.sequence()).isGreaterThan(before.sequence());
    assertThat(store.of(Records.id(1))).containsExactly(before, after);
  }

  @Test
  void namesIncidentsWhoseRoadWasNotEnded() {
    store.append(Records.entry(1, Step.INTAKE, State.DONE));
    store.append(Records.entry(2, Step.INTAKE, State.DONE));
    store.append(Records.entry(2, Step.CHECKOUT, State.STARTED));
    store.append(Records.entry(2, Step.OUTCOME, State.FAILED));
    store.append(Records.entry(2, Step.INTAKE, State.DONE));
    store.append(Records.entry(3, Step.CHECKOUT, State.STARTED));
    store.append(Records.entry(3, Step.OUTCOME, State.FAILED));
    store.append(Records.entry(3, Step.CHECKOUT, State.STARTED));
    assertThat(store.unfinished()).containsExactly(Records.id(1), Records.id(3));
  }

  @Test
  void givesBackACaseFileWithEveryVerdict() {
    Patch patch = new Patch(List.of(new Replacement("src/A.java", 3, 6, "old", "new")));
    Candidate candidate = new Candidate(patch, "templates/Guard", "guards it", 0.75);
    SourcePlace place = new SourcePlace("src/A.java", "a.A", "m", "()V", 4, 3, 6);
    CaseFile file =
        CaseFile.opened(Records.id(1), 2)
            .at("0123abc", "the work tree was dirty")
            .with(
                new Diagnosis(
                    Records.id(1),
                    FaultClass.NULL_DEREFERENCE,
                    new FailingExpression(place, "a.b()", "a", null),
                    List.of(new Suspect(place, 0.9, Suspect.Role.FAILED, List.of("it threw"))),
                    "a is null",
                    List.of(new CommitRef("0123abc", "Ada", Records.AT, "Add a", "src/A.java")),
                    true,
                    null))
            .with(
                new Reproduction.Reproduced(
                    new TestDraft(
                        "",
                        "src/test/java/T.java",
                        "class T {}",
                        "T",
                        List.of("fails"),
                        TestDraft.Rung.PURE_FRAME,
                        List.of())))
            .with(
                List.of(
                    judged(
                        candidate,
                        new Verdict.Invalid("compiles", "no"),
                        new StepResult.Rejected("no")),
                    judged(
                        candidate,
                        new Verdict.Implausible(List.of("tests")),
                        new StepResult.Failed(List.of("T#a"))),
                    judged(
                        candidate,
                        new Verdict.Inconclusive("killed"),
                        new StepResult.Broken("killed")),
                    judged(
                        candidate,
                        new Verdict.Inconclusive("none"),
                        new StepResult.NotApplicable("none")),
                    judged(
                        candidate, new Verdict.Inconclusive("none"), new StepResult.Passed("one"))),
                Optional.empty());
    store.save(file);
    assertThat(store.caseFile(Records.id(1))).contains(file);
    CaseFile undiagnosed = CaseFile.opened(Records.id(1), 3).with(new Undiagnosed("no frames"));
    store.save(undiagnosed);
    assertThat(store.caseFile(Records.id(1))).contains(undiagnosed);
  }

  @Test
  void keepsDeliveriesAndTheirOutcomesInOrder() {
    Delivery branch =
        new Delivery(
            new DeliveryId("del-000001-branch"), Records.id(1), "branch", "fix/1", Records.AT);
    Delivery live =
        new Delivery(
            new DeliveryId("del-000001-hotpatch"),
            Records.id(1),
            "hotpatch",
            "i-1",
            Records.AT.minusMillis(1));
    Outcome confirmed =
        new Outcome(branch.id(), Outcome.Kind.CONFIRMED, "60 tests", Records.AT.plusSeconds(9));
    Outcome reverted =
        new Outcome(branch.id(), Outcome.Kind.REVERTED, "by Ada", Records.AT.plusSeconds(3));
    store.save(branch);
    store.save(live);
    store.save(confirmed);
    store.save(reverted);
    assertThat(store.deliveries(Records.id(1))).containsExactly(live, branch);
    assertThat(store.delivery(branch.id())).contains(branch);
    assertThat(store.outcomes(branch.id())).containsExactly(confirmed, reverted);
  }

  @Test
  void searchesWordsWithoutTreatingThemAsPatterns() {
    store.save(Records.incident(1, "shop", 5));
    store.save(Records.incident(2, "bank", 7));
    assertThat(found("TOTAL1 shop")).containsExactly(1);
    assertThat(found("order 100% lost_")).isEmpty(); // the root cause's message counts
    assertThat(found("%")).isEmpty();
    assertThat(found("nullpointer")).containsExactly(2, 1);
  }

  @Test
  void pagesAndSorts() {
    for (int i = 1; i <= 5; i++) {
      store.save(Records.incident(i, "shop", i));
    }
    IncidentPage page =
        store.incidents(new IncidentQuery("", IncidentQuery.Sort.COUNT, true, 1, 2));
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.incidents()).extracting(Incident::count).containsExactly(4L, 3L);
  }

  @Test
  void countsOccurrencesPerMinute() {
    store.save(Records.incident(1, "shop", 2));
    store.save(Records.incident(1, "shop", 7));
    assertThat(store.perMinute(Records.id(1), Records.AT.plusSeconds(120), 4))
        .containsExactly(0L, 0L, 7L, 0L);
  }

  @Test
  void writesOfManyThreadsAreAllThere() throws InterruptedException {
    var threads = Executors.newFixedThreadPool(16);
    ConcurrentLinkedQueue<Long> sequences = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 400; i++) {
      threads.execute(
          () -> sequences.add(store.append(Records.entry(1, Step.PLAN, State.DONE)).sequence()));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(store.of(Records.id(1)))
        .extracting(JournalEntry::sequence)
        .containsExactlyInAnyOrderElementsOf(sequences);
  }

  @Test
  void saysThatItIsClosed() {
    store.close();
    assertThatThrownBy(() -> store.save(Records.incident(1, "shop", 1)))
        .hasMessageContaining("closed");
  }

  private List<Integer> found(String words) {
    return store
        .incidents(new IncidentQuery(words, IncidentQuery.Sort.COUNT, true, 0, 10))
        .incidents()
        .stream()
        .map(i -> Integer.parseInt(i.id().value().substring(4)))
        .toList();
  }

  private static CaseFile.Judged judged(Candidate candidate, Verdict verdict, StepResult result) {
    return new CaseFile.Judged(candidate, verdict, List.of(new CaseFile.Fact("oracle", result)));
  }
}
