package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Entry point of the command line. */
@CommandLine.Command(
    name = "fettle",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Self-healing for the JVM.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      RepairCommand.class,
      ServeCommand.class,
      AttachCommand.class,
      IncidentsCommand.class,
      ShowCommand.class,
      HealsCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RollbackCommand.class,
      LlmCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      DashboardCommand.class,
      DoctorCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:internal error",
      "2:wrong usage",
      "3:nothing found",
      "4:found but not validated",
      "5:refused by policy",
      "6:server unreachable",
      "130:interrupted"
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // libraries log to nobody here, and need not say so
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::usage)
            .setExecutionExceptionHandler(Main::failure);
    for (CommandLine sub : line.getSubcommands().values()) {
      sub.getCommandSpec().versionProvider(new Version());
      // What follows the command of another program is that program's.
      boolean passes =
          sub.getCommand() instanceof RunCommand || sub.getCommand() instanceof BenchCommand;
      sub.setStopAtPositional(passes);
    }
    return line;
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    failed(
        command,
        List.of(arguments),
        ExitCode.USAGE,
        Output.printable(Objects.toString(e.getMessage(), "")));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static int failure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof CommandFailure failure) {
      String message = Output.printable(Objects.toString(failure.getMessage(), ""));
      failed(command, parsed.originalArgs(), failure.exitCode(), message);
      return failure.exitCode().code();
    }
    failed(
        command,
        parsed.originalArgs(),
        ExitCode.INTERNAL,
        "internal error: " + Output.printable(e.toString()));
    if (System.getenv("FETTLE_DEBUG") != null) {
      e.printStackTrace(command.getErr());
    } else {
      command.getErr().println("Set FETTLE_DEBUG=1 for the stack trace.");
    }
    return ExitCode.INTERNAL.code();
  }

  /** Says what failed; with {@code --json} also as the one object on standard output. */
  private static void failed(
      CommandLine command, List<String> arguments, ExitCode code, String message) {
    command.getErr().println("fettle: " + message);
    int end = arguments.indexOf("--");
    boolean json = (end < 0 ? arguments : arguments.subList(0, end)).contains("--json");
    if (json && !(command.getCommand() instanceof RunCommand)) {
      new Output().object(command.getOut(), Map.of("error", error(code, message)));
    }
  }

  /** What failed, for programs. */
  static Map<String, Object> error(ExitCode code, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("exitCode", code.code());
    error.put("meaning", code.meaning());
    error.put("message", message);
    return error;
  }

  /** The version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"fettle " + (version == null ? "development" : version)};
    }
  }
}
