package dev.fettle.engine.validate;

import java.time.Duration;

/**
 * How long and how far validation looks.
 *
 * @param wall for all candidates of an incident; none is begun after it, and no further finalist:
 *     the one under way is judged to its end, for which its steps have limits of their own
 * @param candidates judged at most
 * @param lookAhead further candidates that are judged by the cheap steps once one has passed them,
 *     unless its score leads clearly
 * @param lookAheadWall time for that
 * @param clearLead difference of scores that counts as clear
 * @param finalistCost steps of this cost and above run for finalists only, best first, until one
 *     passes
 */
public record Budget(
    Duration wall,
    int candidates,
    int lookAhead,
    Duration lookAheadWall,
    double clearLead,
    int finalistCost) {

  /** Favors the time to the first proved patch. */
  public static Budget defaults() {
    return new Budget(Duration.ofMinutes(2), 30, 2, Duration.ofMillis(1500), 0.05, 60);
  }
}
