package dev.fettle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Retention QUARTER = new Retention(Duration.ofDays(90), 0);

  @TempDir Path directory;
  private Instant now = Records.AT;

  @Test
  void forgetsWhatWasNotSeenForSoLongWithAllThatHangsOnIt() {
    try (SqlStore store = open(QUARTER)) {
      store.count("s1", Records.incident(1, "shop", 1));
      store.append(Records.entry(1, JournalEntry.Step.DIAGNOSE, JournalEntry.State.DONE));
      store.save(CaseFile.opened(Records.id(1), 1));
      Delivery delivery = delivery(1, "branch");
      store.save(delivery);
      store.save(new Outcome(delivery.id(), Outcome.Kind.CONFIRMED, "", Records.AT));

      later(Duration.ofDays(91));
      store.count("s2", Records.incident(2, "bank", 1));

      assertThat(store.incident(Records.id(1))).isEmpty();
      assertThat(store.find("shop", Records.incident(1, "shop", 1).fingerprint())).isEmpty();
      assertThat(store.of(Records.id(1))).isEmpty();
      assertThat(store.caseFile(Records.id(1))).isEmpty();
      assertThat(store.deliveries(Records.id(1))).isEmpty();
      assertThat(store.outcomes(delivery.id())).isEmpty();
    }
  }

  @Test
  void keepsWhatIsYounger() {
    try (SqlStore store = open(QUARTER)) {
      store.count("s1", Records.incident(1, "shop", 1));

      later(Duration.ofDays(89));
      store.count("s2", Records.incident(2, "bank", 1));

      assertThat(store.incident(Records.id(1))).isPresent();
    }
  }

  @Test
  void keepsWhatPeopleRejectedAndWhatARunningProgramMayHold() {
    try (SqlStore store = open(QUARTER)) {
      store.count("s1", Records.incident(1, "shop", 1));
      store.append(
          new JournalEntry(
              0,
              Records.id(1),
              JournalEntry.Step.OUTCOME,
              JournalEntry.State.DONE,
              "rejected by ada: no",
              "",
              Records.AT));
      store.count("s2", Records.incident(2, "shop", 1));
      store.save(delivery(2, "hotpatch"));

      later(Duration.ofDays(400));
      store.count("s3", Records.incident(3, "bank", 1));

      assertThat(store.incident(Records.id(1))).isPresent();
      assertThat(store.incident(Records.id(2))).isPresent();
    }
  }

  @Test
  void keepsWhatIsWorkedOn() {
    try (SqlStore store = open(QUARTER)) {
      store.count("s1", Records.incident(1, "shop", 1));
      later(Duration.ofDays(91));
      store.append(
          new JournalEntry(
              0,
              Records.id(1),
              JournalEntry.Step.VALIDATE,
              JournalEntry.State.STARTED,
              "",
              "",
              now));

      store.count("s2", Records.incident(2, "bank", 1));

      assertThat(store.incident(Records.id(1))).isPresent();
    }
  }

  @Test
  void theOldestGoFirstWhenThereIsTooMuch() {
    try (SqlStore store = open(new Retention(Duration.ZERO, 6_000))) {
      for (int i = 1; i <= 5; i++) {
        later(Duration.ofDays(2));
        store.count("s" + i, seenNow(i));
      }

      assertThat(store.incident(Records.id(1))).isEmpty();
      assertThat(store.incident(Records.id(5))).isPresent();
    }
  }

  @Test
  void keepsAllWhereNothingIsSaid() {
    try (SqlStore store = open(Retention.ALL)) {
      store.count("s1", Records.incident(1, "shop", 1));
      later(Duration.ofDays(4_000));
      store.count("s2", Records.incident(2, "bank", 1));

      assertThat(store.incident(Records.id(1))).isPresent();
    }
  }

  @Test
  void lessThanNothingIsRefused() {
    assertThatThrownBy(() -> new Retention(Duration.ofDays(-1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero or more");
  }

  private SqlStore open(Retention retention) {
    return SqlStore.open(directory.resolve("fettle.db"), () -> now, 0, retention);
  }

  private Incident seenNow(int number) {
    Incident i = Records.incident(number, "shop", 1);
    return new Incident(i.id(), i.fingerprint(), i.title(), i.firstSeen(), now, 1, i.sample());
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private static Delivery delivery(int incident, String channel) {
    return new Delivery(
        DeliveryId.of(Records.id(incident), channel),
        Records.id(incident),
        channel,
        "x",
        Records.AT);
  }
}
