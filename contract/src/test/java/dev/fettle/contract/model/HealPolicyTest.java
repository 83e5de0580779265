package dev.fettle.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealPolicyTest {
  @Test
  void aRepositoryCannotWidenTheMode() {
    HealPolicy file = HealPolicy.of(HealMode.FULL);
    assertThat(file.under(HealPolicy.of(HealMode.TYPED)).mode()).isEqualTo(HealMode.TYPED);
  }

  @Test
  void forbiddenPlacesAddUp() {
    HealPolicy narrowed = never("a.pay").under(never("a.auth"));
    assertThat(narrowed.never()).containsExactlyInAnyOrder("a.pay", "a.auth");
  }

  @Test
  void packagesThatDoNotMeetLeaveNothing() {
    HealPolicy narrowed = packages("a.b").under(packages("c"));
    assertThat(narrowed.covers("a.b.X", "m")).isFalse();
    assertThat(narrowed.covers("c.X", "m")).isFalse();
  }

  @Test
  void theNarrowerOfTwoNestedPackagesHolds() {
    HealPolicy narrowed = packages("a", "c.d").under(packages("a.b", "c"));
    assertThat(narrowed.covers("a.b.X", "m")).isTrue();
    assertThat(narrowed.covers("a.c.X", "m")).isFalse();
    assertThat(narrowed.covers("c.d.X", "m")).isTrue();
    assertThat(narrowed.covers("c.X", "m")).isFalse();
  }

  @Test
  void aPackageIsNotAPrefixOfLetters() {
    assertThat(packages("a.b").covers("a.bc.X", "m")).isFalse();
  }

  @Test
  void aMethodCanBeForbidden() {
    assertThat(never("a.B.pay").covers("a.B", "pay")).isFalse();
    assertThat(never("a.B.pay").covers("a.B", "show")).isTrue();
  }

  @Test
  void observingHealsNothing() {
    assertThat(HealPolicy.defaults().covers("a.B", "c")).isFalse();
  }

  @Test
  void theDefaultExcludesEveryOmissionAndNothingElse() {
    assertThat(HealBehavior.defaults())
        .hasSize(HealBehavior.values().length - 4)
        .noneMatch(b -> b.word().contains("omission"));
  }

  private static HealPolicy packages(String... packages) {
    return new HealPolicy(
        HealMode.TYPED,
        List.of(packages),
        Set.of(),
        HealBehavior.defaults(),
        HealPolicy.InTransaction.REFUSE);
  }

  private static HealPolicy never(String part) {
    return new HealPolicy(
        HealMode.TYPED,
        List.of(),
        Set.of(part),
        HealBehavior.defaults(),
        HealPolicy.InTransaction.REFUSE);
  }
}
