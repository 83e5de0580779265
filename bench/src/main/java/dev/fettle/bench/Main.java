package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Entry point of the benchmarks; {@code fettle bench} starts it. */
@CommandLine.Command(
    name = "fettle bench",
    mixinStandardHelpOptions = true,
    description = "Benchmarks.",
    subcommands = {
      OverheadCommand.class,
      HealCostCommand.class,
      RuntimeCommand.class,
      AgreementCommand.class,
      RepairCommand.class,
      SearchCommand.class,
      LargeCommand.class,
      PriorCommand.class,
      ConfidenceCommand.class,
      ModelCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // libraries log to nobody here, and need not say so
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::usage)
        .setExecutionExceptionHandler(Main::failure);
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    String message = Objects.toString(e.getMessage(), "");
    return failed(e.getCommandLine(), List.of(arguments), BenchFailure.usage(message));
  }

  private static int failure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof BenchFailure failure) {
      return failed(command, parsed.originalArgs(), failure);
    }
    if (System.getenv("FETTLE_DEBUG") != null) {
      e.printStackTrace(command.getErr());
    }
    return failed(command, parsed.originalArgs(), BenchFailure.broken("internal error: " + e));
  }

  /** As the rest of the command line fails: see {@code docs/cli.md}. */
  private static int failed(CommandLine command, List<String> arguments, BenchFailure failure) {
    String message = Objects.toString(failure.getMessage(), "");
    command.getErr().println("fettle: " + message);
    if (arguments.contains("--json")) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("exitCode", failure.exitCode());
      error.put(
          "meaning", failure.exitCode() == BenchFailure.USAGE ? "wrong usage" : "internal error");
      error.put("message", message);
      command
          .getOut()
          .println(JsonMapper.builder().build().writeValueAsString(Map.of("error", error)));
    }
    return failure.exitCode();
  }
}
