package dev.fettle.agent.heal.remedy;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices a thread that fails at one place with the same variables again and again, as one does
 * whose loop does not get on. Another thread, other variables or a pause begin anew, as another
 * call of the method does: from here the same input in another call looks alike, so nothing that is
 * concluded lasts. Thread-safe: threads that share a row may lose counts.
 */
final class Spins {
  /** For places that no loop brings back. */
  static final Spins NONE = new Spins(() -> 0);

  /** So often in a row a state may come back before the loop is thought to be stuck. */
  static final int PATIENCE = 100;

  /** As {@link #PATIENCE}, once the loop was stuck. */
  static final int IMPATIENCE = 3;

  /** After so many failures in one go the loop is left. */
  static final int MANY = 5_000;

  /** A longer time between two failures is not that of a loop that spins. */
  static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int ROWS = 16;

  /**
   * @param passedOver how many of the best remedies did not help
   * @param mustEnd whether only one that ends the loop can
   */
  record Verdict(int passedOver, boolean mustEnd) {
    private static final Verdict FIRST = new Verdict(0, false);
  }

  /** What one thread does. Fields may be torn between threads of one row, which costs a count. */
  private static final class Row {
    private long thread;
    private long at;
    private int state;
    private int same;
    private int heals;
    private boolean wasStuck;
    private Verdict verdict = Verdict.FIRST;
  }

  private final LongSupplier nanos;
  private final @Nullable Row[] rows = new Row[ROWS];

  /**
   * @param nanos monotonic time
   */
  Spins(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The thread failed once more. */
  @SuppressWarnings("ReferenceEquality")
  Verdict failed(@Nullable Object[] locals) {
    if (this == NONE) {
      return Verdict.FIRST;
    }
    long thread = Thread.currentThread().getId();
    Row row = row(thread);
    long now = nanos.getAsLong();
    boolean begins = row.thread != thread || now - row.at > PAUSE;
    if (begins) {
      row.thread = thread;
      row.heals = 0;
      row.wasStuck = false;
    }
    row.at = now;
    row.heals++;
    int state = state(locals);
    if (begins || row.state != state) {
      row.state = state;
      row.same = 0;
      row.verdict = Verdict.FIRST;
    } else if (++row.same >= (row.wasStuck ? IMPATIENCE : PATIENCE)) {
      row.same = 0;
      row.wasStuck = true;
      row.verdict = new Verdict(row.verdict.passedOver + 1, false);
    }
    if (row.heals > MANY) {
      row.verdict = new Verdict(row.verdict.passedOver, true);
    }
    return row.verdict;
  }

  /** What was said of the thread last. */
  Verdict last() {
    Row row = rows[(int) (Thread.currentThread().getId() & (ROWS - 1))];
    return row == null ? Verdict.FIRST : row.verdict;
  }

  private Row row(long thread) {
    int at = (int) (thread & (ROWS - 1));
    Row row = rows[at];
    if (row == null) {
      row = new Row();
      rows[at] = row;
    }
    return row;
  }

  /** Of plain values by value, of others by identity: no code of the application runs. */
  private static int state(@Nullable Object[] locals) {
    int state = 1;
    for (Object value : locals) {
      boolean plain = value instanceof Number || value instanceof Character;
      state = 31 * state + (plain ? value.hashCode() : System.identityHashCode(value));
    }
    return state;
  }
}
