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
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the search: candidates that were compiled and run to a verdict per CPU second, in",
      "batches and one by one with javac; and conditions enumerated per CPU second."
    })
final class SearchCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--seconds",
      paramLabel = "N",
      description = "CPU time for each of five programs. Default: ${DEFAULT-VALUE}.")
  int seconds = 5;

  @Override
  public Integer call() throws IOException {
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
      report.measure(run, printed.err());
    }
    printed.print(report::json, report::text);
    return 0;
  }
}
