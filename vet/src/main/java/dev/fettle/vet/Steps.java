package dev.fettle.vet;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the steps of one run of a full snippet; once used up, stays used up. One thread. */
public final class Steps implements Consumer<@Nullable Object> {
  private int left;

  public Steps() {
    this(Meter.STEPS);
  }

  /**
   * @param steps at least 1
   */
  public Steps(int steps) {
    this.left = steps;
  }

  /** Null for a step, a throwable that was caught. */
  @Override
  public void accept(@Nullable Object caught) {
    if (caught instanceof BudgetExhausted end) {
      left = 0;
      throw end;
    }
    if (caught instanceof Error error) {
      left = 0;
      throw error;
    }
    if (--left < 0) {
      throw new BudgetExhausted("more steps than allowed");
    }
  }
}
