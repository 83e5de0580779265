package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Runs a benchmark; arguments after its name go to it.")
final class BenchCommand implements Callable<Integer> {
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "overhead: CPU and allocation under the agent against none.")
  List<String> arguments = List.of();

  @CommandLine.Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output.")
  boolean json;

  @CommandLine.Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Interleaved pairs, at least 2. Default: 20.")
  int pairs = 20;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = Installation.current();
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.add("-Dfettle.home=" + installation.home());
    command.add("-jar");
    command.add(installation.benchJar().toString());
    command.addAll(arguments);
    command.add("--pairs=" + pairs);
    if (json) {
      command.add("--json");
    }
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    return code == 0 ? ExitCode.DONE.code() : code;
  }
}
