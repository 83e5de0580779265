package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.PrintWriter;
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
      ServeCommand.class,
      AttachCommand.class,
      IncidentsCommand.class,
      ShowCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RollbackCommand.class,
      BenchCommand.class,
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
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::usage)
            .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command));
    line.getSubcommands().values().stream()
        .filter(sub -> sub.getCommand() instanceof BenchCommand)
        .forEach(sub -> sub.setStopAtPositional(true));
    return line;
  }

  private static int usage(CommandLine.ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("fettle: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static int failure(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof CommandFailure failure) {
      err.println("fettle: " + failure.getMessage());
      return failure.exitCode().code();
    }
    err.println("fettle: internal error: " + e);
    if (System.getenv("FETTLE_DEBUG") != null) {
      e.printStackTrace(err);
    } else {
      err.println("Set FETTLE_DEBUG=1 for the stack trace.");
    }
    return ExitCode.INTERNAL.code();
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
