package dev.fettle.cli.run;

/** Exit codes of every command; for {@code run} only until the application has started. */
public enum ExitCode {
  DONE(0, "done"),
  INTERNAL(1, "internal error"),
  USAGE(2, "wrong usage"),
  NOTHING_FOUND(3, "nothing found"),
  NOT_VALIDATED(4, "found but not validated"),
  REFUSED(5, "refused by policy"),
  UNREACHABLE(6, "server unreachable"),
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }

  /** A few words for the table in the help. */
  public String meaning() {
    return meaning;
  }
}
