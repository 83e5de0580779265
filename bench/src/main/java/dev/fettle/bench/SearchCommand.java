package dev.fettle.bench;

import dev.fettle.bench.repair.DataRun;
import dev.fettle.bench.repair.SpeedReport;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the search: candidates that were compiled and run to a verdict per CPU second, in",
      "batches and one by one with javac; and conditions enumerated per CPU second."
    })
final class SearchCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output.")
  boolean json;

  @CommandLine.Option(
      names = "--seconds",
      paramLabel = "N",
      description = "CPU time for each of five programs. Default: ${DEFAULT-VALUE}.")
  int seconds = 5;

  @Override
  public Integer call() throws IOException {
    CommandLine.Model.CommandSpec command = Objects.requireNonNull(spec);
    Path directory = Files.createTempDirectory("fettle-bench-search");
    SpeedReport report = new SpeedReport();
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      Path place = Files.createDirectories(directory.resolve("item"));
      DataRun run =
          new DataRun(
              sandbox.candidates(),
              place,
              Path.of(System.getProperty("java.home")),
              DataRun.Budget.of(Duration.ofSeconds(Math.max(1, seconds))),
              item -> OperatorPrior.bundled());
      report.measure(run, command.commandLine().getErr());
    }
    command
        .commandLine()
        .getOut()
        .println(
            json ? JsonMapper.builder().build().writeValueAsString(report.json()) : report.text());
    return 0;
  }
}
