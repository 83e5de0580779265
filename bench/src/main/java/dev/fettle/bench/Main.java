package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Entry point of the benchmarks; {@code fettle bench} starts it. */
@CommandLine.Command(
    name = "fettle bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks.",
    subcommands = OverheadCommand.class)
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler((e, c, p) -> failure(e, c));
  }

  private static int failure(Exception e, CommandLine command) throws Exception {
    if (e instanceof BenchFailure failure) {
      PrintWriter err = command.getErr();
      err.println("fettle: " + failure.getMessage());
      return failure.exitCode();
    }
    throw e;
  }
}
