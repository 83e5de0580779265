package dev.fettle.engine.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.LogOdds;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceModelTest {
  private static final ConfidenceModel MODEL =
      ConfidenceModel.parse("# trained\nbase 1.0\n2.0 0.5 share\n-0.5 1.0 further places\n");

  @Test
  void addsExactlyWhatItShows() {
    LogOdds explained = MODEL.explain(Map.of("share", 1.0, "further places", 3.0));

    assertThat(explained.contributions())
        .containsExactly(
            new LogOdds.Contribution("further places", 3.0, -1.0),
            new LogOdds.Contribution("share", 1.0, 1.0));
    double sum =
        explained.contributions().stream().mapToDouble(LogOdds.Contribution::logOdds).sum();
    assertThat(explained.probability())
        .isCloseTo(1 / (1 + Math.exp(-(explained.base() + sum))), within(1e-12));
  }

  @Test
  void judgesOnlyWhatTheSearchMeasuredAndSaysOfWhichPatchesNothingWasLearned() {
    Patch patch = new Patch(List.of(new Replacement("A.java", 0, 1, "a", "b")));
    Map<String, Double> features = Map.of("share", 1.0);

    assertThat(MODEL.explain(new Candidate(patch, "search/a", "r", 0.5, features)))
        .map(LogOdds::basis)
        .contains(LogOdds.Basis.LEARNED);
    assertThat(MODEL.explain(new Candidate(patch, "search/a", "r", 0.5))).isEmpty();
    assertThat(MODEL.explain(new Candidate(patch, "llm/repair/1", "r", 0.5, features)))
        .map(LogOdds::basis)
        .contains(LogOdds.Basis.CARRIED_OVER);
  }

  @Test
  void aFeatureThatIsNotKnownAddsNothing() {
    LogOdds explained = MODEL.explain(Map.of());

    assertThat(explained.contributions()).allMatch(c -> c.logOdds() == 0);
    assertThat(explained.probability()).isCloseTo(0.7310585786, within(1e-9));
  }

  @Test
  void readsWhatItWrites() {
    assertThat(ConfidenceModel.parse(MODEL.text())).isEqualTo(MODEL);
  }

  @Test
  void theBundledOneKnowsItsFeatures() {
    assertThat(ConfidenceModel.bundled().weights().keySet())
        .containsAll(List.of("share", "margin", "unlikeliness"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "base x", "1.0 share", "NaN 0 share", "a b c"})
  void refusesWhatIsNoModel(String line) {
    assertThatThrownBy(() -> ConfidenceModel.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }
}
