package dev.fettle.agent.heal;

import java.lang.invoke.MethodHandles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One throwable at one place, while the frame waits. Confined to the failing thread. */
public interface Failure {
  /** The instruction that threw, and what it was given. */
  record Culprit(int index, @Nullable Object[] operands) {}

  /** Where. */
  SiteFacts site();

  /** What; the same instance goes on when nothing is done. */
  Throwable thrown();

  /**
   * Local variables by slot when it was thrown, {@code this} in 0, boxed by the type of the named
   * variable; only those for which {@link SiteFacts#isLive} holds. Not to be changed.
   */
  @Nullable Object[] locals();

  /** As {@link #locals}, with the increments undone that the region did before it failed. */
  @Nullable Object[] localsAtStart();

  /** Found by evaluating the region again as far as that has no effects; null when it cannot be. */
  @Nullable Culprit culprit();

  /**
   * Why a replay without repeated effects is impossible; null when it is possible.
   *
   * @param whole as in {@link Action.Replay}
   */
  @Nullable String replayRefusal(boolean whole);

  /**
   * What an instruction of another line would be given now, as far as finding out changes nothing;
   * null when it would, or when it is not reached.
   *
   * @param first where that line begins, with an empty operand stack
   */
  default @Nullable Object @Nullable [] given(int first, int instruction) {
    return null;
  }

  /**
   * Name of the method that was called here and that the throwable came out of; null when it arose
   * here or nobody knows.
   */
  default @Nullable String callee() {
    return null;
  }

  /** Whether a caller has a statement that may be healed, should nothing be done here. */
  default boolean isHealableAbove() {
    return false;
  }

  /** 0 for the first choice; after each impossible action one more. */
  int attempt();

  /** Names of treatments that were impossible for this failure. */
  Set<String> impossible();

  /** With the class's own rights. */
  MethodHandles.Lookup lookup();
}
