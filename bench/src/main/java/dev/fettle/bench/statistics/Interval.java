package dev.fettle.bench.statistics;

/** A closed range that holds the estimated figure with the stated confidence. */
public record Interval(double lower, double upper) {
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("lower " + lower + " exceeds upper " + upper);
    }
  }
}
