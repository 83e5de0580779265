package dev.fettle.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import org.junit.jupiter.api.Test;

class HealSectionTest {
  private static final HealPolicy TYPED = HealPolicy.of(HealMode.TYPED);

  @Test
  void aFileCanNarrow() {
    HealPolicy policy =
        PolicyFile.healing(
                """
                heal:
                  mode: observe
                  never: [shop.pay, shop.Orders.book]
                """,
                HealPolicy.of(HealMode.FULL))
            .policy();
    assertThat(policy.mode()).isEqualTo(HealMode.OBSERVE);
    assertThat(policy.never()).containsExactlyInAnyOrder("shop.pay", "shop.Orders.book");
  }

  @Test
  void aFileCannotWiden() {
    HealPolicy policy =
        PolicyFile.healing(
                """
                heal:
                  mode: full
                  in-transaction: allow
                  behaviors: [call-omission, value-change]
                """,
                TYPED)
            .policy();
    assertThat(policy.mode()).isEqualTo(HealMode.TYPED);
    assertThat(policy.inTransaction()).isEqualTo(HealPolicy.InTransaction.REFUSE);
    assertThat(policy.behaviors()).containsExactly(HealBehavior.VALUE_CHANGE);
  }

  @Test
  void aFileWithoutTheKeyChangesNothing() {
    assertThat(PolicyFile.healing("version: 1", TYPED).policy()).isEqualTo(TYPED);
  }

  @Test
  void aFileWithAnErrorHealsNothing() {
    PolicyFile.HealReading reading =
        PolicyFile.healing("heal:\n  mode: turbo\n  packages: shop", TYPED);
    assertThat(reading.policy().mode()).isEqualTo(HealMode.OBSERVE);
    assertThat(reading.problems())
        .extracting(PolicyFile.Problem::toString)
        .containsExactly(
            ".fettle.yml:2: found 'turbo'; expected contained, full, observe, off or typed",
            ".fettle.yml:3: found 'shop'; expected a list of at most 200");
  }

  @Test
  void unknownKeysAreNamed() {
    assertThat(PolicyFile.healing("heal:\n  speed: 9", TYPED).problems())
        .singleElement()
        .hasToString(
            ".fettle.yml:2: unknown key 'speed'; expected behaviors, in-transaction, mode, never or"
                + " packages");
  }
}
