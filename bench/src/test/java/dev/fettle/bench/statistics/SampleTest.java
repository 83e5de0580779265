package dev.fettle.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void medianIsTheMiddleObservationInAnyOrder() {
    assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheTwoMiddleOnes() {
    assertThat(Sample.of(4, 1, 3, 100).median()).isEqualTo(3.5);
  }

  @Test
  void quantilesAreObservationsByNearestRank() {
    Sample tens = Sample.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    assertThat(tens.quantile(0.5)).isEqualTo(50);
    assertThat(tens.quantile(0.51)).isEqualTo(60);
    assertThat(tens.quantile(0.99)).isEqualTo(100);
    assertThat(tens.quantile(1)).isEqualTo(100);
  }

  @Test
  void aShareThatBinaryFractionsCannotHoldMeetsItsRankStill() {
    double[] hundred = new double[1000];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = i + 1;
    }
    assertThat(Sample.of(hundred).quantile(0.29)).isEqualTo(290);
  }

  @Test
  void refusesNothingAndWhatIsNotANumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of());
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1 / 0.0));
  }

  @Test
  void refusesSharesOutsideTheUnitRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1).quantile(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1).quantile(1.1));
  }

  @Test
  void keepsItsObservationsWhenTheArrayChanges() {
    double[] observations = {1, 2, 3};
    Sample sample = Sample.of(observations);
    observations[1] = 100;
    assertThat(sample.median()).isEqualTo(2);
  }
}
