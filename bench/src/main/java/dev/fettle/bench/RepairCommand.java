package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import dev.fettle.bench.repair.DataReport;
import dev.fettle.bench.repair.DataRun;
import dev.fettle.bench.repair.Item;
import dev.fettle.bench.repair.ModelRun;
import dev.fettle.bench.repair.OperatorLearning;
import dev.fettle.bench.repair.Repairer;
import dev.fettle.bench.repair.SearchBesideModel;
import dev.fettle.bench.suite.RepairSuite;
import dev.fettle.bench.suite.SuiteReport;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Repairs faulty programs without a model and counts what became right.",
      "With --data: one JSON object per line, with source, visible and hidden tests.",
      "With --suite: every subdirectory with a build file, by fettle repair in a process of its"
          + " own."
    })
final class RepairCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Programs to repair: docs/benchmarks.md has the format.")
  @Nullable Path data;

  @CommandLine.Option(
      names = "--suite",
      paramLabel = "DIR",
      description = "Projects to repair; an expected.txt in one says how that should end.")
  @Nullable Path suite;

  @CommandLine.Option(
      names = "--patches",
      paramLabel = "OUT",
      description = "With --suite: where patches go, as OUT/<project>/1..5.patch.")
  @Nullable Path patches;

  @CommandLine.Option(
      names = "--budget",
      paramLabel = "TIME",
      description = {
        "With --data, CPU time of search and laboratory per item; default 20s.",
        "With --suite, wall time per project with the reading of it; default 180s."
      })
  @Nullable String budget;

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "N",
      description = "Repair the first N items only.")
  int limit = Integer.MAX_VALUE;

  @CommandLine.Option(
      names = "--items",
      split = ",",
      paramLabel = "ID",
      description = "Repair these items only.")
  List<String> ids = List.of();

  @CommandLine.Option(
      names = "--prior",
      paramLabel = "FILE",
      description = "Shares of operators instead of the bundled ones.")
  @Nullable Path priorFile;

  @CommandLine.Option(
      names = "--leave-out",
      paramLabel = "RUN",
      description = {
        "Printed by an earlier run with --json: each item is repaired with a prior learned from it",
        "without the problem that the item belongs to."
      })
  @Nullable Path leaveOut;

  @CommandLine.Option(
      names = "--candidates",
      paramLabel = "N",
      description = "With --data: judge so many per item whatever the time; runs repeat exactly.")
  long candidates = Long.MAX_VALUE;

  @CommandLine.Option(
      names = "--generators",
      split = ",",
      paramLabel = "NAME",
      description = "With --data: search, model, or both beside each other. Default: search.")
  List<String> generators = List.of("search");

  @CommandLine.Option(
      names = "--records",
      paramLabel = "FILE",
      description = {
        "With --data: write a line for each patch with its features and whether it passes the",
        "hidden tests, for bench confidence."
      })
  @Nullable Path records;

  @CommandLine.Mixin ModelOptions model = new ModelOptions();

  @Override
  public Integer call() throws IOException {
    if ((data == null) == (suite == null)) {
      throw BenchFailure.usage("wanted --data FILE or --suite DIR");
    }
    if (suite != null) {
      model.expectNone("--data and --generators model");
      return repairSuite(suite, time(budget == null ? "180s" : budget));
    }
    Path file = Objects.requireNonNull(data);
    Duration time = time(budget == null ? "20s" : budget);
    if (candidates < 1) {
      throw BenchFailure.usage("--candidates must be at least 1: " + candidates);
    }
    if (limit < 1) {
      throw BenchFailure.usage("--limit must be at least 1: " + limit);
    }
    List<Item> items =
        Item.read(file).stream()
            .filter(i -> ids.isEmpty() || ids.contains(i.id()))
            .limit(limit)
            .toList();
    OperatorPrior base =
        priorFile == null
            ? OperatorPrior.bundled()
            : OperatorPrior.parse(Files.readString(priorFile));
    OperatorLearning learning = leaveOut == null ? null : OperatorLearning.read(leaveOut);
    Function<Item, OperatorPrior> prior =
        item -> learning == null ? base : learning.without(item.problem(), base);
    DataRun.Budget each = new DataRun.Budget(time, candidates);
    Path directory = Files.createTempDirectory("fettle-bench-repair");
    DataReport report = new DataReport(time, !model.replays());
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      Path place = Files.createDirectories(directory.resolve("item"));
      Path javaHome = Path.of(System.getProperty("java.home"));
      report.run(
          repairer(
              new DataRun(sandbox.candidates(), place, javaHome, each, prior, records != null)),
          items,
          printed.err());
    } finally {
      Folders.delete(directory);
    }
    if (records != null) {
      Files.write(records, report.records());
    }
    printed.print(report::json, report::text);
    return 0;
  }

  private Repairer repairer(DataRun search) {
    List<String> names = generators.stream().sorted().distinct().toList();
    if (names.equals(List.of("search"))) {
      model.expectNone("--generators model or search,model");
      return search;
    }
    if (!names.equals(List.of("model")) && !names.equals(List.of("model", "search"))) {
      throw BenchFailure.usage("--generators takes search, model or both, not " + generators);
    }
    ModelOptions.Opened opened = model.open();
    ModelRun asking = new ModelRun(search, opened.model(), opened.settings());
    return names.size() == 1 ? asking : new SearchBesideModel(search, asking);
  }

  private int repairSuite(Path directory, Duration time) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw BenchFailure.usage("--suite: no such directory: " + directory);
    }
    Path cli = Installation.ofThisProcess().cli();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path kept = Files.createTempDirectory("fettle-suite");
    RepairSuite.Settings settings =
        new RepairSuite.Settings(directory, time, patches, cli, java, kept);
    try {
      List<RepairSuite.Item> items = new RepairSuite(settings, printed.err()).run();
      SuiteReport report = new SuiteReport(time, items);
      printed.print(report::json, report::text);
      return report.asExpected() ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    } finally {
      Folders.delete(kept);
    }
  }

  private static Duration time(String text) {
    try {
      String number = text.replaceAll("(ms|s|m)$", "");
      long value = Long.parseLong(number);
      Duration time =
          text.endsWith("ms")
              ? Duration.ofMillis(value)
              : text.endsWith("m") ? Duration.ofMinutes(value) : Duration.ofSeconds(value);
      if (value > 0) {
        return time;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the message.
    }
    throw BenchFailure.usage("--budget wants a time such as 20s, 500ms or 2m: " + text);
  }
}
