package dev.fettle.contract.model;

import java.time.Instant;

/**
 * One state change of an incident. Steps are appended before they are acted on and after they are
 * done, so that a killed server knows where to resume.
 *
 * @param sequence increases within the store; 0 before it is stored
 * @param step which step of the road
 * @param state what happened to it
 * @param detail for people, one line
 * @param data machine-readable detail as JSON; empty when there is none
 */
public record JournalEntry(
    long sequence,
    IncidentId incident,
    Step step,
    State state,
    String detail,
    String data,
    Instant at) {

  /** Steps of the road. */
  public enum Step {
    INTAKE,
    CHECKOUT,
    DIAGNOSE,
    REPRODUCE,
    PLAN,
    VALIDATE,
    DELIVER,
    CONFIRM,
    OUTCOME
  }

  /** What happened to a step. */
  public enum State {
    STARTED,
    DONE,
    FAILED,
    WAITING
  }
}
