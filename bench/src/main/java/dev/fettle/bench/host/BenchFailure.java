package dev.fettle.bench.host;

/** Ends a benchmark with a message for people. */
public final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The exit code of a benchmark that was called wrongly. */
  public static final int USAGE = 2;

  private final int exitCode;

  private BenchFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The benchmark could not be carried out. */
  public static BenchFailure broken(String message) {
    return new BenchFailure(1, message);
  }

  /** The command line asked for something that cannot be done. */
  public static BenchFailure usage(String message) {
    return new BenchFailure(USAGE, message);
  }

  /** What the process ends with, as in {@code docs/cli.md}. */
  public int exitCode() {
    return exitCode;
  }
}
