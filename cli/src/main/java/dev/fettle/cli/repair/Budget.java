package dev.fettle.cli.repair;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Wall time of a repair, counted from the start of the process: nothing is left once its user has
 * interrupted it. Immutable.
 */
final class Budget {
  private final long start;
  private final Duration whole;
  private final BooleanSupplier interrupted;

  private Budget(long start, Duration whole, BooleanSupplier interrupted) {
    this.start = start;
    this.whole = whole;
    this.interrupted = interrupted;
  }

  /** Begins now, {@code spent} ago. */
  static Budget begun(Duration spent, Duration whole) {
    return begun(spent, whole, () -> false);
  }

  /** The same, for a user who may interrupt it. */
  static Budget begun(Duration spent, Duration whole, BooleanSupplier interrupted) {
    return new Budget(System.nanoTime() - spent.toNanos(), whole, interrupted);
  }

  Duration used() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Never negative. */
  Duration left() {
    Duration left = whole.minus(used());
    return left.isNegative() || interrupted.getAsBoolean() ? Duration.ZERO : left;
  }

  Duration whole() {
    return whole;
  }

  /** The part of the whole budget. */
  Duration share(double part) {
    return Duration.ofMillis((long) (whole.toMillis() * part));
  }

  /** The lesser of a part of the whole and a part of what is left. */
  Duration part(double ofWhole, double ofLeft) {
    Duration most = Duration.ofMillis((long) (left().toMillis() * ofLeft));
    return share(ofWhole).compareTo(most) < 0 ? share(ofWhole) : most;
  }

  /** The lesser of what is left and of {@code most}. */
  Duration atMost(Duration most) {
    return left().compareTo(most) < 0 ? left() : most;
  }

  /** {@code 90s}, {@code 2m}, {@code 1m30s}, or a bare number of seconds. */
  static Duration parse(String text) {
    String compact = text.strip().toLowerCase(java.util.Locale.ROOT);
    if (compact.matches("\\d{1,6}")) {
      return Duration.ofSeconds(Long.parseLong(compact));
    }
    var parts =
        java.util.regex.Pattern.compile("(?:(\\d{1,4})m)?(?:(\\d{1,6})s)?").matcher(compact);
    if (compact.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          "not a time: " + text + "; wanted for example 60s, 3m or 1m30s");
    }
    return Duration.ofSeconds(
        TimeUnit.MINUTES.toSeconds(number(parts.group(1))) + number(parts.group(2)));
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
