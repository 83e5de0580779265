package dev.fettle.bench.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.engine.confidence.ConfidenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfidenceStudyTest {
  @TempDir Path directory;

  /** Truth is drawn with log-odds {@code 1 + 2 (share - 0.5)}; the other feature says nothing. */
  private static List<JudgedPatch> drawn(int count) {
    Random random = new Random(3);
    List<JudgedPatch> patches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = random.nextDouble();
      double noise = random.nextDouble();
      boolean passes = random.nextDouble() < 1 / (1 + Math.exp(-(1 + 2 * (share - 0.5))));
      patches.add(
          new JudgedPatch(
              "i" + i, "p" + i, "search/x", 1, passes, Map.of("share", share, "noise", noise)));
    }
    return patches;
  }

  @Test
  void findsTheWeightsThatTheTruthWasDrawnWith() {
    ConfidenceModel model = new Training(0.01).fit(drawn(20_000));

    ConfidenceModel.Weight share = Objects.requireNonNull(model.weights().get("share"));
    ConfidenceModel.Weight noise = Objects.requireNonNull(model.weights().get("noise"));
    assertThat(share.weight()).isCloseTo(2, within(0.2));
    assertThat(noise.weight()).isCloseTo(0, within(0.15));
    assertThat(share.mean()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aModelOfManyPatchesIsCalibratedOnThoseItDidNotSee() {
    Calibration crossed = Calibration.crossed(drawn(5_000), new Training(1), 10);

    assertThat(crossed.points()).hasSize(5_000);
    assertThat(crossed.expectedError()).isLessThan(0.03);
    assertThat(crossed.brier()).isLessThan(crossed.brierOfBaseRate());
  }

  @Test
  void noProblemTeachesWhatItIsTestedOn() {
    List<JudgedPatch> patches = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      for (int rank = 1; rank <= 2; rank++) {
        patches.add(
            new JudgedPatch("i" + i, "p" + i, "g", rank, i % 2 == 0, Map.of("id", (double) i)));
      }
    }

    Calibration crossed = Calibration.crossed(patches, new Training(1), 10);

    assertThat(crossed.areaUnderCurve()).as("an id says nothing of others").isLessThan(0.7);
  }

  @Test
  void readsTheRecordsItWritesAndDrawsThem() throws IOException {
    Path file = directory.resolve("records.jsonl");
    Files.write(file, drawn(50).stream().map(JudgedPatch::line).toList());
    ConfidenceStudy study = new ConfidenceStudy(List.of(file), 1);

    assertThat(ConfidenceModel.parse(study.model()).weights()).containsKeys("share", "noise");
    assertThat(study.svg()).startsWith("<svg ").contains("<circle").endsWith("</svg>\n");
    assertThat(study.crossed().text()).contains("brier", "observed");
  }

  @Test
  void namesTheLineThatIsNoRecord() throws IOException {
    Path file = directory.resolve("bad.jsonl");
    Files.writeString(file, drawn(1).get(0).line() + "\n{\"passes\":true}\n");

    assertThatThrownBy(() -> JudgedPatch.read(List.of(file)))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("bad.jsonl:2: wanted a record");
  }
}
