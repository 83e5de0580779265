package dev.fettle.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.bench.host.CpuTime;
import dev.fettle.bench.load.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OverheadReportTest {

  private static Slice slice(long cpuNanos, long bytes) {
    return new Slice(
        100, new CpuTime.Spent(cpuNanos * 10 / 9, cpuNanos * 10 / 9 - cpuNanos), bytes, 2e6);
  }

  /** Twenty pairs whose ratios lie evenly around the given one, one percent to either side. */
  private static OverheadReport around(double cpu, double allocation) {
    List<Pair> pairs =
        IntStream.range(0, 20)
            .mapToObj(
                i -> {
                  double stray = (i - 9.5) / 950;
                  return new Pair(
                      i / 2,
                      slice(
                          Math.round(1e9 * (cpu + stray)), Math.round(1e9 * (allocation + stray))),
                      slice(1_000_000_000, 1_000_000_000));
                })
            .toList();
    Plan plan =
        new Plan(
            "java",
            Path.of("a.jar"),
            Workload.bundled(),
            null,
            "",
            Path.of("s.jar"),
            20,
            10,
            1,
            1,
            0);
    return OverheadReport.of(plan, List.of(), "a sink", pairs, List.of(100.0, 400.0, 200.0));
  }

  @Test
  void reportsMedianAndInterval() {
    OverheadReport report = around(1.01, 1.002);
    assertThat(report.cpu().median()).isCloseTo(1.01, within(1e-6));
    assertThat(report.cpu().interval().lower()).isBetween(1.003, 1.009);
    assertThat(report.cpu().upper()).isBetween(1.011, 1.017);
    assertThat(report.cpu().smallest()).isCloseTo(1.0, within(1e-6));
    assertThat(report.cpu().largest()).isCloseTo(1.02, within(1e-6));
    assertThat(report.startMs()).isEqualTo(200);
  }

  @Test
  void isMetWhenBothUpperBoundsLieBelowTheThreshold() {
    assertThat(around(1.01, 1.01).met()).isTrue();
  }

  @Test
  void isNotMetWhenOnlyTheMedianLiesBelowTheThreshold() {
    assertThat(around(1.018, 1.0).cpu().median()).isLessThan(1.02);
    assertThat(around(1.018, 1.0).met()).isFalse();
    assertThat(around(1.0, 1.018).met()).isFalse();
  }

  @Test
  void theObjectBeginsWithTheMembersThatWerePromised() {
    String json = JsonMapper.builder().build().writeValueAsString(around(1.01, 1.002).json());
    JsonNode object = JsonMapper.builder().build().readTree(json);
    assertThat(object.propertyNames())
        .startsWith("cpuRatio", "cpuUpper", "allocRatio", "allocUpper", "p99Ratio", "startMs");
    assertThat(object.path("cpuRatio").asDouble()).isEqualTo(1.01);
    assertThat(object.path("met").asBoolean()).isTrue();
    assertThat(object.path("machine").asString()).contains("cores");
    assertThat(object.path("pairs").asInt()).isEqualTo(20);
  }

  @Test
  void theLinesSayWhetherItIsMet() {
    assertThat(around(1.01, 1.002).lines()).anyMatch(line -> line.startsWith("met: "));
    assertThat(around(1.2, 1.002).lines()).anyMatch(line -> line.startsWith("NOT met: "));
  }

  @Test
  void aSliceInWhichNothingWasMeasuredIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> slice(0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> slice(5, 0));
  }
}
