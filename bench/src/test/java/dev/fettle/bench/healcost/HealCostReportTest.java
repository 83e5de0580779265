package dev.fettle.bench.healcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealCostReportTest {
  @Test
  void ratiosAreHealableByPlain() {
    HealCostReport report =
        new HealCostReport(
            2,
            Map.of("micro.a", 100.0, "micro.b", 10.0, "failure.5", 1000.0),
            Map.of("micro.a", 110.0, "micro.b", 10.0, "failure.5", 3000.0));
    assertThat(report.json())
        .containsEntry("microMedian", 1.05)
        .containsEntry("microWorst", 1.1)
        .containsEntry("healedByCaught", Map.of("failure.5", 3.0));
  }

  @Test
  void sidesThatDidDifferentWorkAreNotCompared() {
    assertThatThrownBy(() -> new HealCostReport(1, Map.of("micro.a", 1.0), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linesOfAChildAreReadAndOthersPassedOver() {
    assertThat(HealCosts.parse("micro.a 12.5\nsink 7\n")).isEqualTo(Map.of("micro.a", 12.5));
  }
}
