package dev.fettle.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.sandbox.build.OwnBuild.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void joinsTheRunsOfAParameterizedMethodByTheWorst() {
    assertThat(
            Verdicts.ofBuild(
                    Map.of(
                        "a.B#m(int)[1]", Verdict.PASSED,
                        "a.B#m(int)[2]", Verdict.FAILED,
                        "a.B#n[0: x]", Verdict.SKIPPED))
                .byMethod())
        .isEqualTo(Map.of("a.B#m", Verdict.FAILED, "a.B#n", Verdict.SKIPPED));
  }

  @Test
  void agreesOnlyWhereEveryRunSaysTheSame() {
    Verdicts steady = new Verdicts(Map.of("a.B#m", Verdict.PASSED, "a.B#n", Verdict.PASSED));
    Verdicts other = new Verdicts(Map.of("a.B#m", Verdict.PASSED, "a.B#n", Verdict.FAILED));

    Agreement.Outcome outcome =
        Agreement.outcome(List.of(steady, steady), List.of(steady, other), Map.of());

    assertThat(outcome.methods()).isEqualTo(2);
    assertThat(outcome.agreed()).isEqualTo(1);
    assertThat(outcome.differences())
        .containsExactly("a.B#n: the build says PASSED, the laboratory says FAILED/PASSED");
  }

  @Test
  void countsAsDirectWhatTheLauncherDoesNotRun() {
    Verdicts all = new Verdicts(Map.of("a.B#m", Verdict.PASSED, "a.C$D#n", Verdict.PASSED));

    Agreement.Outcome outcome =
        Agreement.outcome(List.of(all), List.of(all), Map.of("a.C", "an extension"));

    assertThat(outcome.direct()).isEqualTo(1);
  }
}
