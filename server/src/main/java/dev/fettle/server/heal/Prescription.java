package dev.fettle.server.heal;

import dev.fettle.contract.model.HealProposal;
import java.time.Instant;
import java.util.List;

/**
 * What became of the search for a snippet at one place and kind of failure.
 *
 * @param site {@code a.b.C.method:line}
 * @param exception binary class name
 * @param incident id
 * @param healer who proposed it; empty when nobody did
 * @param snippet id as agents name it; empty when there is none
 * @param code of the snippet; empty when there is none
 * @param behaviors what it does, as words
 * @param state where it stands
 * @param why it stands there, in words; may be empty
 * @param at when that was
 */
public record Prescription(
    String site,
    String exception,
    String incident,
    String healer,
    String snippet,
    String code,
    List<String> behaviors,
    State state,
    String why,
    Instant at) {

  /** Where a prescription stands. */
  public enum State {
    /** Healers are asked. */
    ASKING,
    /** Nobody proposed a snippet that may run. */
    NONE,
    /** Signed and sent. */
    SENT,
    /** An agent judged it again and serves failures with it. */
    IN_PLACE,
    /** An agent refused it. */
    REFUSED,
    /** It did harm and is not used any more. */
    WITHDRAWN
  }

  public Prescription {
    behaviors = List.copyOf(behaviors);
  }

  Prescription now(State next, String reason, Instant when) {
    return new Prescription(
        site, exception, incident, healer, snippet, code, behaviors, next, reason, when);
  }

  Prescription with(String by, SnippetBench.Prepared prepared, HealProposal.RunSnippet proposal) {
    List<String> words = prepared.behaviors().stream().map(b -> b.word()).sorted().toList();
    return new Prescription(
        site, exception, incident, by, prepared.id(), proposal.code(), words, state, why, at);
  }
}
