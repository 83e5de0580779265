package dev.fettle.server.heal;

import java.time.Instant;
import java.util.List;

/**
 * What became of the search for something to do at one place and kind of failure.
 *
 * @param site {@code a.b.C.method:line}
 * @param exception binary class name
 * @param incident id
 * @param healer who proposed it; empty when nobody did
 * @param snippet id of what was chosen, as agents name it; empty when there is none
 * @param remedy name of a built-in remedy; empty when it is a snippet or nothing
 * @param code of the snippet; empty when there is none
 * @param behaviors what it does, as words
 * @param rationale of who proposed it; empty when nobody did
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
    String remedy,
    String code,
    List<String> behaviors,
    String rationale,
    State state,
    String why,
    Instant at) {

  /** Where a prescription stands. */
  public enum State {
    /** Healers are asked. */
    ASKING,
    /** Nobody proposed anything that may be done. */
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

  /** The search begins. */
  static Prescription asking(String site, String exception, String incident, Instant when) {
    return new Prescription(
        site, exception, incident, "", "", "", "", List.of(), "", State.ASKING, "", when);
  }

  Prescription now(State next, String reason, Instant when) {
    return new Prescription(
        site, exception, incident, healer, snippet, remedy, code, behaviors, rationale, next,
        reason, when);
  }

  Prescription with(Choice choice) {
    return new Prescription(
        site,
        exception,
        incident,
        choice.healer(),
        choice.id(),
        choice.remedy(),
        choice.code(),
        choice.behaviors(),
        choice.proposal().rationale(),
        state,
        why,
        at);
  }
}
