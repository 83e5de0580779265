package dev.fettle.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.LogOdds;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Verdict;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ValidatorTest {
  private final List<String> log = new ArrayList<>();
  private long nanos;

  @Test
  void takesTheFirstWhenItLeadsClearly() {
    Selection selection =
        select(List.of(passing("cheap", 1)), candidate("a", 0.9), candidate("b", 0.5));
    assertThat(chosen(selection)).isEqualTo("a");
    assertThat(log).containsExactly("cheap a");
  }

  @Test
  void looksFurtherWhenScoresAreCloseAndPrefersTheSmallerPatch() {
    Selection selection =
        select(List.of(passing("cheap", 1)), candidate("a long one", 0.9), candidate("b", 0.9));
    assertThat(chosen(selection)).isEqualTo("b");
    assertThat(selection.judged()).hasSize(2);
  }

  @Test
  void runsExpensiveStepsForFinalistsOnlyUntilOnePasses() {
    ValidationStep suite =
        step("suite", 500, c -> c.generator().equals("a") ? failed() : new StepResult.Passed("60"));
    Selection selection =
        select(
            List.of(suite, passing("cheap", 1)),
            candidate("a", 0.9),
            candidate("bb", 0.9),
            candidate("ccc", 0.9));
    assertThat(chosen(selection)).isEqualTo("bb");
    assertThat(log).containsExactly("cheap a", "cheap bb", "cheap ccc", "suite a", "suite bb");
    assertThat(selection.judged().get(0).verdict()).isInstanceOf(Verdict.Implausible.class);
    assertThat(selection.judged().get(2).verdict()).isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void goesOnWhenEveryFinalistFails() {
    ValidationStep suite =
        step("suite", 500, c -> c.generator().equals("z") ? new StepResult.Passed("60") : failed());
    Selection selection =
        select(List.of(suite), candidate("a", 0.9), candidate("b", 0.5), candidate("z", 0.1));
    assertThat(chosen(selection)).isEqualTo("z");
  }

  @Test
  void stopsAtTheFirstRefusalAndSaysWhichStep() {
    ValidationStep refusing = step("applies", 1, c -> new StepResult.Rejected("stale"));
    Selection selection = select(List.of(passing("compiles", 5), refusing), candidate("a", 0.9));
    assertThat(log).containsExactly("applies a");
    assertThat(selection.judged().get(0).verdict())
        .isEqualTo(new Verdict.Invalid("applies", "stale"));
  }

  @Test
  void aStepThatThrowsIsInconclusiveNotImplausible() {
    ValidationStep crashing =
        step(
            "suite",
            1,
            c -> {
              throw new IllegalStateException("crashed");
            });
    Verdict verdict = select(List.of(crashing), candidate("a", 1)).judged().get(0).verdict();
    assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void nothingIsPlausibleThatNoOracleCouldJudge() {
    ValidationStep none = step("suite", 1, c -> new StepResult.NotApplicable("no tests"));
    Selection selection = select(List.of(none), candidate("a", 1));
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.summary()).contains("1 inconclusive");
  }

  @Test
  void isProvedOnlyWhenTheReproductionPassed() {
    Plausible unproved =
        select(List.of(passing("tests", 1)), candidate("a", 1)).chosen().orElseThrow();
    Plausible proved =
        select(List.of(passing(ValidationStep.REPRODUCTION, 1)), candidate("a", 1))
            .chosen()
            .orElseThrow();
    assertThat(unproved.proved()).isFalse();
    assertThat(proved.proved()).isTrue();
    assertThat(proved.confidence().score()).isGreaterThan(unproved.confidence().score());
    assertThat(unproved.confidence().facts()).anyMatch(f -> f.contains("unproved"));
    assertThat(proved.confidence().facts()).anyMatch(f -> f.contains("fails without it"));
  }

  @Test
  void whatTheSearchMeasuredMakesTheConfidenceAProbabilityWithItsReasons() {
    Candidate plain = candidate("a", 1);
    Candidate measured =
        new Candidate(
            plain.patch(), "search/a", plain.rationale(), 1, Map.of("share", 0.9, "tests", 2.0));

    Confidence learned =
        select(List.of(passing("tests", 1)), measured).chosen().orElseThrow().confidence();
    Confidence counted =
        select(List.of(passing("tests", 1)), plain).chosen().orElseThrow().confidence();

    LogOdds odds = Objects.requireNonNull(learned.logOdds());
    assertThat(learned.score()).isCloseTo(1 / (1 + Math.exp(-odds.sum())), within(1e-12));
    assertThat(odds.contributions()).anyMatch(c -> c.feature().equals("share"));
    assertThat(learned.basis()).contains("calibrated on small programs");
    assertThat(counted.basis()).contains("uncalibrated", "not learned");
  }

  @Test
  void whereNothingWasMeasuredTheConfidenceIsStillExactlyWhatItShows() {
    Confidence confidence =
        select(
                List.of(passing(ValidationStep.REPRODUCTION, 1), passing("tests", 2)),
                candidate("a", 1))
            .chosen()
            .orElseThrow()
            .confidence();

    LogOdds odds = Objects.requireNonNull(confidence.logOdds());
    assertThat(odds.basis()).isEqualTo(LogOdds.Basis.ASSUMED);
    assertThat(odds.contributions())
        .extracting(LogOdds.Contribution::feature)
        .contains("proved by a test", "oracles passed", "the generator's own order");
    double shown = odds.base() + odds.contributions().stream().mapToDouble(c -> c.logOdds()).sum();
    assertThat(confidence.score()).isCloseTo(1 / (1 + Math.exp(-shown)), within(1e-12));
  }

  @Test
  void stopsWhenItsTimeIsOver() {
    ValidationStep slow =
        step(
            "slow",
            1,
            c -> {
              nanos += Duration.ofMinutes(1).toNanos();
              return failed();
            });
    Selection selection =
        select(List.of(slow), candidate("a", 1), candidate("b", 0.9), candidate("c", 0.8));
    assertThat(selection.judged()).hasSize(2);
  }

  @Test
  void judgesNoFurtherFinalistWhenItsTimeIsOver() {
    ValidationStep suite =
        step(
            "suite",
            500,
            c -> {
              nanos += Duration.ofMinutes(10).toNanos();
              return failed();
            });
    Selection selection =
        select(List.of(suite, passing("cheap", 1)), candidate("a", 0.9), candidate("bb", 0.9));
    assertThat(log).containsExactly("cheap a", "cheap bb", "suite a");
    assertThat(selection.judged().get(1).verdict()).isInstanceOf(Verdict.Inconclusive.class);
  }

  private Selection select(List<ValidationStep> steps, Candidate... candidates) {
    return new Validator(steps, Budget.defaults(), () -> nanos)
        .select(List.of(candidates).iterator(), repairCase());
  }

  private static String chosen(Selection selection) {
    return selection.chosen().orElseThrow().candidate().generator();
  }

  private static StepResult failed() {
    return new StepResult.Failed(List.of("T#a"));
  }

  private ValidationStep passing(String oracle, int cost) {
    return step(oracle, cost, c -> new StepResult.Passed(oracle + " passed"));
  }

  private ValidationStep step(String oracle, int cost, Function<Candidate, StepResult> check) {
    return new ValidationStep() {
      @Override
      public String oracle() {
        return oracle;
      }

      @Override
      public int cost() {
        return cost;
      }

      @Override
      public StepResult check(Candidate candidate, RepairCase repairCase) {
        log.add(oracle + " " + candidate.generator());
        return check.apply(candidate);
      }
    };
  }

  private static Candidate candidate(String text, double score) {
    return new Candidate(
        new Patch(List.of(new Replacement("A.java", 0, 0, "", text))), text, "says", score);
  }

  @SuppressWarnings("NullAway")
  private static RepairCase repairCase() {
    TestDraft draft =
        new TestDraft("", "T.java", "", "T", List.of("a"), TestDraft.Rung.PURE_FRAME, List.of());
    return new RepairCase(null, null, null, null, Optional.of(draft));
  }
}
