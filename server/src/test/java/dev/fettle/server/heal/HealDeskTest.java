package dev.fettle.server.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.Origin;
import dev.fettle.store.SqlStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealDeskTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path folder;

  @Test
  void whatDidHarmIsKnownByTheIdOfItsOrderAfterARestart() {
    try (SqlStore store = SqlStore.open(folder.resolve("fettle.db"), InstantSource.fixed(NOON))) {
      store.heals().save(heal("h-1", "snippet:full:s-0123456789ab", false));
      store.heals().save(heal("h-2", "skip-statement", false));
      store.heals().save(heal("h-3", "clamp-index", true));

      assertThat(HealDesk.harmful(store.heals()))
          .containsExactlyInAnyOrder(
              "s-0123456789ab",
              Choice.Remedy.id(
                  "shop.Prices.of:27", "java.lang.NumberFormatException", "skip-statement"));
    }
  }

  private static HealRecord heal(String id, String remedy, boolean good) {
    return new HealRecord(
        id,
        new Origin("shop", "i-1", null, null, "17", "agent"),
        NOON,
        "shop.Prices",
        "of",
        27,
        "java.lang.NumberFormatException",
        null,
        remedy,
        HealMode.TYPED,
        "next statement",
        "why",
        0.9,
        List.of(),
        "",
        List.of(),
        List.of(),
        1,
        Optional.empty(),
        Optional.of(new HealRecord.Ending(good, "followed by X", NOON)));
  }
}
