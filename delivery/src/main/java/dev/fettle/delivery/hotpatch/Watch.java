package dev.fettle.delivery.hotpatch;

import dev.fettle.contract.model.PatchHealth;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a patch is watched and what counts against it.
 *
 * @param canary how long the first instance runs it alone at most
 * @param calls of the patched methods that end the canary earlier
 * @param window how long after it was applied an instance's patch is judged; as long as what it is
 *     compared with
 * @param period between two looks
 * @param patience how long to wait for an agent's answer
 */
public record Watch(
    Duration canary, long calls, Duration window, Duration period, Duration patience) {
  private static final long THROWN = 3;
  private static final long SERVER_ERRORS = 5;
  private static final int HEARTBEATS = 3;

  /** 30 s or 20 calls, judged for 5 minutes, looked at each second. */
  public static final Watch DEFAULT =
      new Watch(
          Duration.ofSeconds(30),
          20,
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  /** What speaks for reverting, in words; empty when nothing does. */
  static Optional<String> trouble(PatchHealth health) {
    if (health.missedHeartbeats() >= HEARTBEATS) {
      return Optional.of(health.missedHeartbeats() + " heartbeats missed");
    }
    if (!health.newExceptionClass().isEmpty()) {
      return Optional.of(
          "a new exception leaves the patched method: " + health.newExceptionClass());
    }
    if (health.thrownSince() >= THROWN && health.thrownSince() > health.thrownBefore()) {
      return Optional.of(
          health.thrownSince()
              + " throwables left the patched method, "
              + health.thrownBefore()
              + " in the 5 minutes before");
    }
    if (health.serverErrorsSince() >= SERVER_ERRORS
        && health.serverErrorsSince() >= 2 * health.serverErrorsBefore()) {
      return Optional.of(
          health.serverErrorsSince()
              + " responses with 5xx, "
              + health.serverErrorsBefore()
              + " in the 5 minutes before");
    }
    return Optional.empty();
  }
}
