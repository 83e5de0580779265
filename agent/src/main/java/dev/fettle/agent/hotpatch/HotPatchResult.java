package dev.fettle.agent.hotpatch;

import java.time.Instant;
import java.util.List;

/** What came of applying or reverting a hot patch. */
public sealed interface HotPatchResult {
  /**
   * The changed methods run from their next call on; frames that run already end as they began.
   *
   * @param methods {@code class.method} of each changed body; empty for a revert
   */
  record Applied(Instant at, List<String> methods) implements HotPatchResult {}

  /** Nothing was changed, and why. */
  record NotHotPatchable(String reason) implements HotPatchResult {}
}
