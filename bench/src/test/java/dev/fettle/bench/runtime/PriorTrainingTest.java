package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorTrainingTest {
  private static Observation seen(String problem, String item, String remedy, Outcome outcome) {
    return new Observation(problem, item, "P.f:1", remedy, List.of("any"), outcome);
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
        .containsExactly("any leave-loop 1.50 2", "any skip-statement 0.00 1");
  }

  @Test
  void aProblemLeftOutTeachesNothing() {
    assertThat(new PriorTraining(OBSERVATIONS).prior(p -> !p.equals("max")))
        .containsExactly("any leave-loop 0.50 1");
  }

  @Test
  void observationsSurviveTheirFile(@TempDir Path folder) {
    Path file = folder.resolve("observations.jsonl");
    Observation.write(OBSERVATIONS, file);
    assertThat(Observation.read(file)).isEqualTo(OBSERVATIONS);
  }
}
