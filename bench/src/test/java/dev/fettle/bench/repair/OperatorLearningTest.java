package dev.fettle.bench.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fettle.search.OperatorPrior;
import org.junit.jupiter.api.Test;

class OperatorLearningTest {
  private static final OperatorPrior BASE = OperatorPrior.parse("one.a 0.5\none.b 0.5\n");
  private static final String RUN =
      """
      {"perItem": [
        {"problem": "p", "correct": true, "patches": ["search/one.a: 3: `x` -> `y`"]},
        {"problem": "p", "correct": true, "patches": ["search/one.a: 4: `x` -> `y`"]},
        {"problem": "q", "correct": true, "patches": ["search/one.b+one.b: 4: `x` -> `y`"]},
        {"problem": "r", "correct": false, "patches": ["search/one.b: 4: `x` -> `y`"]},
        {"problem": "s", "correct": true, "patches": []}
      ]}
      """;

  @Test
  void countsAProblemOnceAndWrongPatchesNever() {
    OperatorLearning learning = OperatorLearning.parse(RUN);

    assertThat(learning.repairs()).isEqualTo(3);
    assertThat(learning.all(BASE).text()).isEqualTo(BASE.text());
  }

  @Test
  void leavesOutAProblem() {
    String text = OperatorLearning.parse(RUN).without("q", BASE).text();

    assertThat(text).contains("one.a", "0.50820").contains("one.b", "0.49180");
  }

  @Test
  void refusesWhatIsNoRun() {
    assertThatIllegalArgumentException().isThrownBy(() -> OperatorLearning.parse("{}"));
  }
}
