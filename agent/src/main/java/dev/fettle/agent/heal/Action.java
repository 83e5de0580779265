package dev.fettle.agent.heal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a treatment wants of the failing frame. Values are boxed and coerced to the type of the slot
 * or instruction that takes them; a value that does not fit makes the action impossible, and
 * nothing is changed.
 */
public sealed interface Action {
  /**
   * Goes on at another place of the method.
   *
   * @param exit one that {@link SiteFacts#refusal} allows
   * @param writes local variables to set first, by slot; must hold those of {@link
   *     SiteFacts#freshAt} unless their default (0, false, null) will do
   */
  record Resume(Exit exit, Map<Integer, ? extends @Nullable Object> writes) implements Action {}

  /** Leaves the method with a value; null for void. */
  record Return(@Nullable Object value) implements Action {}

  /**
   * Runs the failing statement again outside the frame, then goes on where it leads: to the next
   * statement, to a branch, out of the method. A failure while doing so makes the action
   * impossible.
   *
   * @param whole from the start of the source statement, else from the start of the failing region
   * @param writes local variables to set first, by slot; the others start as {@link
   *     Failure#localsAtStart}
   * @param operators what to do instead of instructions, by index in {@link SiteFacts#method}
   * @param repeatEffects whether effects that the statement already had may happen once more
   */
  record Replay(
      boolean whole,
      Map<Integer, ? extends @Nullable Object> writes,
      Map<Integer, Operator> operators,
      boolean repeatEffects)
      implements Action {}

  /**
   * Runs the failing region again, effects included, until it no longer fails with the same class
   * of throwable or the pauses are used up.
   *
   * @param pauses milliseconds to wait before each try, at most 1000 together
   * @param done run exactly once when it is over, however it ended
   */
  record Repeat(List<Integer> pauses, Runnable done) implements Action {
    public Repeat {
      pauses = List.copyOf(pauses);
      int sum = 0;
      for (int pause : pauses) {
        sum = pause < 0 ? MOST_PAUSE + 1 : Math.min(sum + pause, MOST_PAUSE + 1);
      }
      if (pauses.isEmpty() || sum > MOST_PAUSE) {
        throw new IllegalArgumentException("pauses of " + pauses + " ms");
      }
    }
  }

  /** A host thread is not ours to hold for longer than this many milliseconds. */
  int MOST_PAUSE = 1000;

  /** Throws something else here, for which the method or a caller has a handler. */
  record Throw(Throwable replacement) implements Action {}

  /** Nothing: the throwable goes on to the caller's statement, the same instance. */
  record Escalate(String reason) implements Action {}
}
