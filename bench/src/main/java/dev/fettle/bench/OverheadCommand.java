package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import dev.fettle.bench.host.ServiceJar;
import dev.fettle.bench.load.Workload;
import dev.fettle.bench.overhead.Overhead;
import dev.fettle.bench.overhead.OverheadReport;
import dev.fettle.bench.overhead.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "overhead",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the agent costs a service in which nothing fails: CPU time and allocated",
      "bytes per request against the same service without agent, in interleaved pairs."
    })
final class OverheadCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Interleaved pairs, at least 2. Default: ${DEFAULT-VALUE}.")
  int pairs = 20;

  @CommandLine.Option(
      names = "--launches",
      paramLabel = "N",
      description = {
        "How often both services are started anew; the pairs are spread over the launches.",
        "Default: ${DEFAULT-VALUE}."
      })
  int launches = 10;

  @CommandLine.Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests per second. Default: ${DEFAULT-VALUE}.")
  int rate = 400;

  @CommandLine.Option(
      names = "--slice",
      paramLabel = "SECONDS",
      description =
          "How long a turn of load lasts; a pair has two of each side. Default: ${DEFAULT-VALUE}.")
  int slice = 2;

  @CommandLine.Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Requests to each service before measuring. Default: ${DEFAULT-VALUE}.")
  int warmUp = 10_000;

  @CommandLine.Option(
      names = "--agent-options",
      paramLabel = "OPTIONS",
      description = {
        "What the agent is told: heal=typed for code that can be healed,",
        "heal=typed,heal.install=on-failure. Default: nothing, so that it observes."
      })
  String agentOptions = "";

  @CommandLine.Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "An executable jar of another service. Default: the bundled example.")
  @Nullable Path jar;

  @CommandLine.Option(
      names = "--requests",
      paramLabel = "FILE",
      description = "Requests that this service answers with 2xx: {\"requests\":[...]}.")
  @Nullable Path requests;

  @CommandLine.Mixin ChildJdk jdk = new ChildJdk();

  @CommandLine.Option(
      names = "--against-itself",
      description = "No agent on either side: shows how far ratios stray by chance.")
  boolean againstItself;

  @Override
  public Integer call() throws IOException {
    if ((jar == null) != (requests == null)) {
      throw BenchFailure.usage("--jar and --requests go together");
    }
    Installation installed = Installation.ofThisProcess();
    Path folder = Files.createTempDirectory("fettle-bench-");
    OverheadReport report = new Overhead(plan(installed), folder, printed::progress).measure();
    Folders.delete(folder);
    printed.print(report::json, () -> String.join("\n", report.lines()));
    return 0;
  }

  private Plan plan(Installation installed) {
    Path agent = againstItself ? null : installed.agent();
    if (jar != null && !Files.isRegularFile(jar)) {
      throw BenchFailure.usage("no such file: " + jar);
    }
    Workload workload = requests == null ? Workload.bundled() : Workload.read(requests);
    Path service =
        jar != null
            ? jar.toAbsolutePath()
            : ServiceJar.of(System.getenv())
                .builtFrom(installed.home().resolve("examples/orders"), printed::progress);
    return new Plan(
        jdk.java().toString(),
        service,
        workload,
        agent,
        agentOptions,
        installed.home().resolve("server/target/fettle-server.jar"),
        pairs,
        launches,
        rate,
        slice,
        warmUp);
  }
}
