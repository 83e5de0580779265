package dev.fettle.engine.loop;

import java.time.Instant;

/** What became of the wish to repair an incident. */
public sealed interface Submission {
  /** Queued; it will be walked down the road. */
  record Accepted() implements Submission {}

  /** Queued or on the road already. */
  record Underway() implements Submission {}

  /** Not now: failed before, or too many repairs failed in a row. */
  record Paused(String reason, Instant until) implements Submission {}

  /** Not at all, and why. */
  record Refused(String reason) implements Submission {}
}
