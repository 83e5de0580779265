package dev.fettle.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemoReportTest {

  private static FaultOutcome fault(String id, Boolean correct, Long mttr) {
    return new FaultOutcome(
        id,
        "inc-1",
        "a.B",
        "PATCHED",
        true,
        true,
        true,
        correct,
        true,
        5L,
        6L,
        7L,
        mttr,
        null,
        "fettle/x",
        "del-1-branch",
        "Guard",
        500,
        404,
        "");
  }

  private static DemoReport ofMttr(long... mttr) {
    return new DemoReport(
        LongStream.of(mttr).mapToObj(m -> fault("f" + m, null, m)).toList(), 1, "bubblewrap");
  }

  @Test
  void percentilesAreObservationsByNearestRank() {
    DemoReport report = ofMttr(50, 10, 40, 20, 30);
    assertThat(report.percentiles(FaultOutcome::mttrMs))
        .containsEntry("p50", 30L)
        .containsEntry("p95", 50L);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheLowerOfTheTwo() {
    assertThat(ofMttr(1, 2, 3, 4).percentiles(FaultOutcome::mttrMs)).containsEntry("p50", 2L);
  }

  @Test
  void oneObservationIsEveryPercentile() {
    assertThat(ofMttr(7).percentiles(FaultOutcome::mttrMs))
        .containsEntry("p50", 7L)
        .containsEntry("p95", 7L);
  }

  @Test
  void whatDidNotHappenHasNoPercentile() {
    assertThat(ofMttr(7).percentiles(FaultOutcome::confirmedMs))
        .containsEntry("p50", null)
        .containsEntry("p95", null);
  }

  @Test
  void theObjectHasTheMembersThatTheSchemaPromises() {
    assertThat(ofMttr(7).json())
        .containsKeys(
            "faults",
            "captured",
            "reproduced",
            "patched",
            "correct",
            "hotPatched",
            "detectionMs",
            "mttrMs",
            "confirmedMs",
            "hotPatchMs",
            "diagnosisMs",
            "totalMs",
            "perFault");
  }

  @Test
  void correctIsNullWithoutOraclesAndCountsWithThem() {
    assertThat(ofMttr(7).json()).containsEntry("correct", null);
    DemoReport judged =
        new DemoReport(
            List.of(fault("a", true, 1L), fault("b", false, 1L), fault("c", null, 1L)), 1, "");
    assertThat(judged.json()).containsEntry("correct", 1L);
  }

  @Test
  void saysFiguresInWords() {
    List<String> summary = ofMttr(50, 10, 40, 20, 12_345).summary();
    assertThat(summary)
        .contains("captured      5 of 5")
        .contains(
            "correct       not judged: the manifest has no oracles, or no branch came to them")
        .contains("detection     median 5 ms, 95 % within 5 ms")
        .contains("hot patch     median 7 ms after the throw, 95 % within 7 ms")
        .contains("branch        median 40 ms after the throw, 95 % within 12.3 s")
        .contains("confirmed     never happened")
        .noneMatch(line -> line.contains("{"));
  }

  @Test
  void theReportIsWrittenAsJson() {
    String json = JsonMapper.builder().build().writeValueAsString(ofMttr(7).json());
    assertThat(JsonMapper.builder().build().readTree(json).at("/perFault/0/mttrMs").asInt())
        .isEqualTo(7);
  }
}
