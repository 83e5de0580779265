package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorTrainingTest {
  private static Observation seen(String problem, String item, String remedy, Outcome outcome) {
    return new Observation(
        problem, item, "P.f:1", remedy, List.of("any", "as/other", "index"), outcome);
  }

  private static final List<Observation> OBSERVATIONS =
      List.of(
          seen("sum", "a", "leave-loop", Outcome.CORRECT),
          seen("sum", "b", "leave-loop", Outcome.CORRECT),
          seen("sum", "c", "leave-loop", Outcome.WRONG),
          seen("sum", "d", "leave-loop", Outcome.FAIL),
          seen("max", "e", "leave-loop", Outcome.CORRECT),
          seen("max", "e", "skip-statement", Outcome.WRONG));

  @Test
  void aProblemCountsOnceHoweverManyProgramsSolveIt() {
    assertThat(new PriorTraining(OBSERVATIONS).prior(p -> true))
        .containsExactly("index leave-loop 0.750 1.0", "index skip-statement 0.000 0.5");
  }

  @Test
  void aProblemLeftOutTeachesNothing() {
    assertThat(new PriorTraining(OBSERVATIONS).prior(p -> !p.equals("max")))
        .containsExactly("index leave-loop 0.250 0.5");
  }

  @Test
  void allProblemsOfASourceTogetherCountAsAtMostOneTrial() {
    List<Observation> many =
        IntStream.range(0, 9)
            .mapToObj(i -> seen("p" + i, "i" + i, "grow", i < 3 ? Outcome.CORRECT : Outcome.WRONG))
            .toList();
    assertThat(new PriorTraining(many).prior(p -> true)).containsExactly("index grow 0.333 1.0");
  }

  @Test
  void contextsOfSeveralKindsAndOfFewProgramsAreLeftOut() {
    List<String> chain =
        List.of("any", "as/other", "null", "null/a", "null/a/b", "null/a/b/c", "null/a/b/c/d");
    Observation one = new Observation("p", "i", "P.f:1", "grow", chain, Outcome.CORRECT);
    assertThat(new PriorTraining(List.of(one)).prior(p -> true))
        .containsExactly("null grow 0.500 0.5", "null/a grow 0.500 0.5", "null/a/b grow 0.500 0.5");
  }

  @Test
  void observationsSurviveTheirFile(@TempDir Path folder) {
    Path file = folder.resolve("observations.jsonl");
    Observation.append(OBSERVATIONS.subList(0, 2), file);
    Observation.append(OBSERVATIONS.subList(2, OBSERVATIONS.size()), file);
    assertThat(Observation.read(file)).isEqualTo(OBSERVATIONS);
  }
}
