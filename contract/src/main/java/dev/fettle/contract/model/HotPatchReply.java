package dev.fettle.contract.model;

/** What an agent says of a hot patch. */
public sealed interface HotPatchReply {
  /** The redefined methods run from now on. */
  record Applied(java.time.Instant at) implements HotPatchReply {}

  /** HotSpot would refuse, and why. */
  record NotHotPatchable(String reason) implements HotPatchReply {}

  /** No answer in time, or the agent failed. */
  record Lost(String reason) implements HotPatchReply {}
}
