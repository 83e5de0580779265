package dev.fettle.bench.healcost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HealCostReportTest {
  private static final HealCostReport REPORT =
      new HealCostReport(
          Installed.EAGER,
          2,
          Map.of("micro.a", 100.0, "micro.b", 10.0, "failure.5", 1000.0, "anticipated.ready", 2.0),
          Map.of(
              "micro.a", 110.0, "micro.b", 10.0, "failure.5", 3000.0, "anticipated.ready", 62.0));

  @Test
  void eachFigureHasItsTargetAndWhetherItIsMet() {
    assertThat(REPORT.rows())
        .containsExactly(
            new HealCostReport.Row("work that does not fail, median ratio", 1.05, 1.02),
            new HealCostReport.Row("work that does not fail, worst ratio", 1.1, 1.05),
            new HealCostReport.Row("expected, made beforehand, more ns", 60.0, 50),
            new HealCostReport.Row("healed by thrown and caught, frames: 5", 3.0, 6));
    assertThat(REPORT.rows())
        .map(HealCostReport.Row::met)
        .containsExactly(false, false, false, true);
    assertThat(REPORT.lines())
        .contains("| healed by thrown and caught, frames: 5 | 3.000 | 6.00 | met |");
  }

  @Test
  void whereNothingCanFailNothingMayCost() {
    HealCostReport observed =
        new HealCostReport(
            Installed.OBSERVE,
            1,
            Map.of("micro.a", 100.0, "library.b", 100.0),
            Map.of("micro.a", 103.0, "library.b", 103.0));
    assertThat(observed.rows()).map(HealCostReport.Row::wanted).containsExactly(1.02, 1.02, 1.02);
    assertThat(observed.rows()).noneMatch(HealCostReport.Row::met);
  }

  @Test
  void sidesThatDidDifferentWorkAreNotCompared() {
    assertThatThrownBy(
            () -> new HealCostReport(Installed.EAGER, 1, Map.of("micro.a", 1.0), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linesOfAChildAreReadAndOthersPassedOver() {
    assertThat(Children.parse("micro.a 12.5\nsink 7\n")).isEqualTo(Map.of("micro.a", 12.5));
  }

  @Test
  void ofIterationsTheLeastCounts() {
    String result =
        """
        [{"benchmark": "costs.Micro.loop", "primaryMetric": {"rawData": [[3.5, 2.5], [4.0]]}}]
        """;
    assertThat(Harness.parse(JsonMapper.builder().build().readTree(result)))
        .isEqualTo(Map.of("micro.loop", 2.5));
  }
}
