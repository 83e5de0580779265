package dev.fettle.bench.statistics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Observations in ascending order, at least one, all finite. Immutable. */
public final class Sample {
  private final double[] sorted;

  private Sample(double[] sorted) {
    this.sorted = sorted;
  }

  /** A sample of these observations, in any order. */
  public static Sample of(double... observations) {
    if (observations.length == 0) {
      throw new IllegalArgumentException("a sample needs an observation");
    }
    double[] sorted = observations.clone();
    for (double value : sorted) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a finite observation: " + value);
      }
    }
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  /** A sample of one figure of each element. */
  public static <T> Sample of(Stream<T> elements, ToDoubleFunction<T> figure) {
    return of(elements.mapToDouble(figure).toArray());
  }

  /** How many observations it holds. */
  public int size() {
    return sorted.length;
  }

  double at(int index) {
    return sorted[index];
  }

  /** The middle observation, or the mean of the two middle ones. */
  public double median() {
    return medianOf(sorted);
  }

  static double medianOf(double[] ascending) {
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
  }

  /**
   * The quantile by nearest rank: the smallest observation that at least {@code share} of all do
   * not exceed.
   *
   * @param share in (0, 1]
   */
  public double quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], was " + share);
    }
    return sorted[(int) Math.ceil(share * sorted.length - 1e-9) - 1];
  }
}
