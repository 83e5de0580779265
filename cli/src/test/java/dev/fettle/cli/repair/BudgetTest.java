package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void readsTimesAsUsersWriteThem() {
    assertThat(Budget.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Budget.parse("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Budget.parse("1m30s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Budget.parse("45")).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void saysWhatItWanted() {
    assertThatThrownBy(() -> Budget.parse("soon"))
        .hasMessage("not a time: soon; wanted for example 60s, 3m or 1m30s");
  }

  @Test
  void countsWhatWasSpentBefore() {
    Budget budget = Budget.begun(Duration.ofHours(1), Duration.ofMinutes(5));

    assertThat(budget.left()).isZero();
  }

  @Test
  void leavesNothingOnceItsUserHasInterrupted() {
    java.util.concurrent.atomic.AtomicBoolean interrupted =
        new java.util.concurrent.atomic.AtomicBoolean();
    Budget budget = Budget.begun(Duration.ZERO, Duration.ofHours(1), interrupted::get);

    assertThat(budget.left()).isGreaterThan(Duration.ofMinutes(59));
    interrupted.set(true);
    assertThat(budget.left()).isZero();
  }
}
