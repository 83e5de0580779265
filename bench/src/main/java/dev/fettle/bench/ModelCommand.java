package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import dev.fettle.bench.repair.ContextCost;
import dev.fettle.bench.repair.DataRun;
import dev.fettle.bench.repair.ModelCallCost;
import dev.fettle.bench.runtime.HealCallCost;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = {
      "What Fettle itself costs around a call of a language model: context, vetting, compiling and",
      "the visible tests of one small program; a healing snippet; and the context of a large",
      "generated code base. Each figure with its goal and whether it is met.",
      "Prints one JSON object. Asks no model."
    })
final class ModelCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(
      names = "--calls",
      paramLabel = "N",
      description = "Calls measured, after as many to warm up. Default: ${DEFAULT-VALUE}.")
  int calls = 40;

  @CommandLine.Option(
      names = "--lines",
      paramLabel = "N",
      description = "Lines of the large code base. Default: ${DEFAULT-VALUE}.")
  long lines = 1_000_000;

  @Override
  public Integer call() throws IOException {
    if (calls < 1 || calls > 10_000) {
      throw BenchFailure.usage("--calls is 1 to 10000, not " + calls);
    }
    if (lines < 1_000 || lines > 5_000_000) {
      throw BenchFailure.usage("--lines is 1000 to 5000000, not " + lines);
    }
    Path folder = Files.createTempDirectory("fettle-bench-model");
    try {
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .println(JsonMapper.builder().build().writeValueAsString(measured(folder)));
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private Map<String, Object> measured(Path folder) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    try (Sandbox sandbox = Sandbox.open(folder.resolve("data"), HostExecution.ALLOWED)) {
      DataRun data =
          new DataRun(
              sandbox.candidates(),
              Files.createDirectories(folder.resolve("item")),
              Path.of(System.getProperty("java.home")),
              DataRun.Budget.of(Duration.ofSeconds(20)),
              item -> OperatorPrior.bundled());
      json.put("repairCall", new ModelCallCost(data, calls).measure());
    }
    json.put("healCall", new HealCallCost(folder, calls).measure());
    json.put("context", new ContextCost(folder.resolve("large"), lines).measure());
    return json;
  }
}
