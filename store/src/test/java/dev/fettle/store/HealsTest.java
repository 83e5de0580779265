package dev.fettle.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Variable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path folder;

  @Test
  void aHealSurvivesAsItWas() {
    HealRecord heal =
        heal("h-1", 7, 0)
            .of(new IncidentId("inc-0123456789"))
            .ended(new HealRecord.Ending(false, "followed by X", NOON));
    reopened(heals -> heals.save(heal));
    try (SqlStore store = open()) {
      assertThat(store.heals().heal("h-1")).contains(heal);
      assertThat(store.heals().of(new IncidentId("inc-0123456789"), 5)).containsExactly(heal);
    }
  }

  @Test
  void theLatestComeFirst() {
    try (SqlStore store = open()) {
      store.heals().save(heal("h-1", 7, 0));
      store.heals().save(heal("h-2", 8, 5));
      store.heals().save(heal("h-3", 7, 3));
      assertThat(store.heals().latest(2)).extracting(HealRecord::id).containsExactly("h-2", "h-3");
      assertThat(store.heals().at("shop.Prices.of:7", 9))
          .extracting(HealRecord::id)
          .containsExactly("h-3", "h-1");
    }
  }

  @Test
  void aSiteStaysSwitchedOffOverRestarts() {
    reopened(heals -> heals.disable("shop.Prices.of:7", true));
    try (SqlStore store = open()) {
      assertThat(store.heals().disabled()).containsExactly("shop.Prices.of:7");
      store.heals().disable("shop.Prices.of:7", false);
      assertThat(store.heals().disabled()).isEmpty();
    }
  }

  @Test
  void whatDidHarmIsKnownOverRestarts() {
    reopened(
        heals -> {
          heals.save(heal("h-1", 7, 0).ended(new HealRecord.Ending(false, "worse", NOON)));
          heals.save(heal("h-2", 8, 0).ended(new HealRecord.Ending(true, "\"good\":false", NOON)));
          heals.save(heal("h-3", 9, 0));
        });
    try (SqlStore store = open()) {
      assertThat(store.heals().harmful(HealRecord::site)).containsExactly("shop.Prices.of:7");
    }
  }

  @Test
  void whatDidNoHarmIsNotCalledHarmful() {
    try (SqlStore store = open()) {
      store.heals().save(heal("h-1", 7, 0).ended(new HealRecord.Ending(true, "quiet", NOON)));
      store.heals().save(heal("h-2", 7, 1));
      assertThat(store.heals().harmful(HealRecord::site)).isEmpty();
    }
  }

  private void reopened(java.util.function.Consumer<Heals> work) {
    try (SqlStore store = open()) {
      work.accept(store.heals());
    }
  }

  private SqlStore open() {
    return SqlStore.open(folder.resolve("fettle.db"), InstantSource.fixed(NOON));
  }

  private static HealRecord heal(String id, int line, long later) {
    return new HealRecord(
        id,
        new Origin("shop", "i-1", null, null, "17", "agent"),
        NOON.plusSeconds(later),
        "shop.Prices",
        "of",
        line,
        "java.lang.NumberFormatException",
        null,
        "supply-default",
        HealMode.TYPED,
        "next statement",
        "why",
        0.9,
        List.of("parse: right in 9 of 10"),
        "callers get 0",
        List.of(new Variable("price", "I", false, new CapturedValue.Scalar("int", "7"))),
        List.of(),
        1,
        Optional.empty(),
        Optional.empty());
  }
}
