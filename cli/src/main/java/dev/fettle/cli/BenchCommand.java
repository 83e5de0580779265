package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
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
    description = {
      "Runs a benchmark: overhead (CPU time and allocation under the agent against none),",
      "runtime (programs that raise, run under the agent that heals),",
      "agreement (the laboratory's verdicts of tests against those of the project's own build),",
      "repair (faulty programs repaired without a model),",
      "search (candidates that the search judges per second),",
      "large (first candidates after a stack trace in a large code base),",
      "heal-cost (what being healable, expected exceptions and heals cost),",
      "prior (learns the operators' shares from a run of repair),",
      "confidence (trains the model of confidence and measures its calibration),",
      "model (what Fettle costs around a call of a language model; asks none).",
      "Options after its name go to it; see: fettle bench overhead --help"
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      List.of(
          "overhead",
          "heal-cost",
          "runtime",
          "agreement",
          "repair",
          "search",
          "large",
          "prior",
          "confidence",
          "model");

  /** Begins with the name: {@link Main} stops reading options there, so that all go to it. */
  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "The benchmark, and its options.")
  List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = arguments.get(0);
    if (!NAMES.contains(name)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no benchmark " + Output.printable(name) + "; there are: " + String.join(", ", NAMES));
    }
    Installation installation = Installation.current();
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.add("-Dfettle.home=" + installation.home());
    command.add("-jar");
    command.add(installation.benchJar().toString());
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
