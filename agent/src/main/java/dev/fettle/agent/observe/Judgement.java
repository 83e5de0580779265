package dev.fettle.agent.observe;

/**
 * What the stack says of a throwable that is about to leave a method.
 *
 * @param outlook what will happen to it
 * @param framesLeft woven frames up to where it is caught, or all when nothing catches it
 * @param reason in words
 */
public record Judgement(Outlook outlook, int framesLeft, String reason) {

  /** What will happen. */
  public enum Outlook {
    /** A catch clause for this type deals with it. */
    ANTICIPATED,
    /** A catch clause for this type may throw again: how it ends decides. */
    CONVERTED,
    /** A catch clause for everything deals with it: how it ends decides. */
    SWALLOWED,
    /** Something that tries again is on the stack: how it ends decides. */
    RETRIED,
    /** Nothing in the application does. */
    UNANTICIPATED
  }
}
