package dev.fettle.vet;

/** What was found of a snippet's class. */
public sealed interface Vetting {
  /**
   * May run.
   *
   * @param code the rewritten class: these bytes run, never the checked ones
   */
  record Accepted(byte[] code) implements Vetting {}

  /**
   * May not run.
   *
   * @param reason what was found, for people; bounded and printable
   */
  record Refused(String reason) implements Vetting {}
}
