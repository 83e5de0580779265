package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void leavesTimeForPartsOfTheFailingTests() {
    assertThat(Targets.share(0, 3)).isEqualTo(0.35);
    assertThat(Targets.share(0, 2)).isEqualTo(0.5);
    assertThat(Targets.share(1, 4)).isEqualTo(0.4);
    assertThat(Targets.share(1, 3)).isEqualTo(0.5);
    assertThat(Targets.share(2, 3)).isEqualTo(1);
  }

  @Test
  void givesAllTimeToTheOnlyTarget() {
    assertThat(Targets.share(0, 1)).isEqualTo(1);
  }
}
