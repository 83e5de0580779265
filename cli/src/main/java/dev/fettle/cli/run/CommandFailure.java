package dev.fettle.cli.run;

/** Ends a command with a message for people and a documented exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final ExitCode exitCode;

  public CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
