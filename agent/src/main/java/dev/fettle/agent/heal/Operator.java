package dev.fettle.agent.heal;

import org.jspecify.annotations.Nullable;

/** Runs around one instruction of a replayed statement. */
@FunctionalInterface
public interface Operator {
  /** The instruction itself. */
  interface Original {
    /**
     * Executes it.
     *
     * @return its result, boxed; null when it has none
     * @throws Throwable what it throws
     */
    @Nullable Object proceed(@Nullable Object[] operands) throws Throwable;
  }

  /**
   * Gives the instruction's result.
   *
   * @param operands in stack order, the receiver first, boxed by their declared types
   * @return coerced to the instruction's result type; ignored when it has none
   * @throws Throwable ends the replay
   */
  @Nullable Object apply(@Nullable Object[] operands, Original original) throws Throwable;
}
