package dev.fettle.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private final Bootstrap bootstrap = new Bootstrap(7, 4000);

  @Test
  void equalObservationsLeaveNoDoubt() {
    assertThat(bootstrap.ofMedian(Sample.of(1.01, 1.01, 1.01, 1.01), 0.95))
        .isEqualTo(new Interval(1.01, 1.01));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    Sample sample = Sample.of(1, 4, 2, 8, 5, 7);
    assertThat(new Bootstrap(7, 4000).ofMedian(sample, 0.95))
        .isEqualTo(bootstrap.ofMedian(sample, 0.95));
  }

  /** The exact distribution for three observations: each is the median with 7/27, 13/27, 7/27. */
  @Test
  void threeObservationsMayHaveAnyOfThemAsMedian() {
    assertThat(bootstrap.ofMedian(Sample.of(1, 2, 3), 0.95)).isEqualTo(new Interval(1, 3));
    assertThat(bootstrap.ofMedian(Sample.of(1, 2, 3), 0.40)).isEqualTo(new Interval(2, 2));
  }

  /**
   * For 20 ordered observations the exact probability that a resampled median lies below the sixth
   * is under 2.5 %, and above it for the seventh: see the binomial distribution with n = 20.
   */
  @Test
  void twentyObservationsGiveTheOrderStatisticsThatTheBinomialDistributionNames() {
    Sample sample = Sample.of(IntStream.rangeClosed(1, 20).asDoubleStream().toArray());
    Interval interval = new Bootstrap(7, 40_000).ofMedian(sample, 0.95);
    assertThat(interval.lower()).isBetween(6.0, 7.0);
    assertThat(interval.upper()).isBetween(14.0, 15.0);
  }

  @Test
  void coversTheTrueMedianAboutAsOftenAsItClaims() {
    SplittableRandom chance = new SplittableRandom(11);
    Bootstrap quick = new Bootstrap(3, 500);
    int covered = 0;
    for (int experiment = 0; experiment < 400; experiment++) {
      Interval interval = quick.ofMedian(Sample.of(chance.doubles(20).toArray()), 0.95);
      covered += interval.lower() <= 0.5 && 0.5 <= interval.upper() ? 1 : 0;
    }
    assertThat(covered).isBetween(365, 395);
  }

  /** Three launches that agree within themselves say no more than three observations. */
  @Test
  void whatResemblesEachOtherCountsOnce() {
    List<Sample> groups = List.of(Sample.of(1, 1), Sample.of(2, 2), Sample.of(3, 3));
    assertThat(bootstrap.ofMedianInGroups(groups, 0.95)).isEqualTo(new Interval(1, 3));
    assertThat(bootstrap.ofMedianInGroups(groups, 0.40)).isEqualTo(new Interval(2, 2));
  }

  @Test
  void groupsOfOneAreIndependentObservations() {
    List<Sample> groups = IntStream.rangeClosed(1, 20).mapToObj(i -> Sample.of(i)).toList();
    Interval interval = bootstrap.ofMedianInGroups(groups, 0.95);
    assertThat(interval.lower()).isBetween(5.5, 7.5);
    assertThat(interval.upper()).isBetween(13.5, 15.5);
  }

  @Test
  void oneOutlierDoesNotMoveTheUpperBound() {
    double[] ratios = IntStream.range(0, 20).mapToDouble(i -> 1 + i / 1000.0).toArray();
    Interval calm = bootstrap.ofMedian(Sample.of(ratios), 0.95);
    ratios[19] = 50;
    assertThat(bootstrap.ofMedian(Sample.of(ratios), 0.95)).isEqualTo(calm);
  }

  @Test
  void refusesTooFewResamplesAndImpossibleConfidence() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Bootstrap(1, 99));
    assertThatIllegalArgumentException().isThrownBy(() -> bootstrap.ofMedian(Sample.of(1), 1.0));
  }

  @Test
  void anIntervalHasItsBoundsInOrder() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1));
  }
}
