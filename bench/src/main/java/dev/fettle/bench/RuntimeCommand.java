package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.runtime.ModelHealing;
import dev.fettle.bench.runtime.RuntimePlan;
import dev.fettle.bench.runtime.RuntimeReport;
import dev.fettle.contract.model.HealMode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "runtime",
    mixinStandardHelpOptions = true,
    description = {
      "Runs programs that raise, each in a JVM of its own under the agent, and scores how they"
          + " end:",
      "CORRECT (the expected output), WRONG (another), FAIL (raises, or passes 10 s)."
    })
final class RuntimeCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "The programs: one JSON object per line.")
  Path data = Path.of("");

  @CommandLine.Option(
      names = "--healer",
      paramLabel = "NAME",
      description = "none, retry, steamroller, typed or model. Default: ${DEFAULT-VALUE}.")
  String healer = "typed";

  @CommandLine.Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Least confidence that acts, 0 to 1. Default: the agent's.")
  @Nullable Double threshold;

  @CommandLine.Option(
      names = "--force",
      paramLabel = "REMEDY",
      description = "Prefer this remedy wherever it fits.")
  @Nullable String force;

  @CommandLine.Option(
      names = "--exhaust",
      description = "Also run every item with every remedy: the best of them is the ceiling.")
  boolean exhaust;

  @CommandLine.Option(
      names = "--observations",
      paramLabel = "FILE",
      description = "Write what every remedy led to, for training; with --exhaust.")
  @Nullable Path observations;

  @CommandLine.Option(
      names = "--resume",
      description = "Keep what the file of --observations holds; run only the other items so.")
  boolean resume;

  @CommandLine.Option(
      names = "--leave-one-out",
      paramLabel = "FILE",
      description = "Give each item a prior trained on the observations of other problems.")
  @Nullable Path leaveOneOut;

  @CommandLine.Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Write the prior trained on all observations of --leave-one-out; run nothing.")
  @Nullable Path train;

  @CommandLine.Option(
      names = "--item",
      paramLabel = "ID",
      description = "Run only this item; may be repeated.")
  List<String> only = new ArrayList<>();

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "N",
      description = "Run only the first N items.")
  int limit = Integer.MAX_VALUE;

  @CommandLine.Option(
      names = "--alone",
      description = "Leave out the baselines and the extra tests.")
  boolean alone;

  @CommandLine.Option(
      names = "--workers",
      paramLabel = "N",
      description = "Items run at the same time. Default: ${DEFAULT-VALUE}.")
  int workers = 1;

  @CommandLine.Mixin ChildJdk jdk = new ChildJdk();

  @CommandLine.Option(
      names = "--mode",
      paramLabel = "MODE",
      description = {
        "With --healer model: typed (remedies only), contained (snippets over copies of plain",
        "values) or full (over live state, as the Healer paper does). Default: ${DEFAULT-VALUE}."
      })
  String mode = "full";

  @CommandLine.Mixin ModelOptions model = new ModelOptions();

  @Override
  public Integer call() {
    PrintWriter err = printed.err();
    if (train != null) {
      if (leaveOneOut == null) {
        throw BenchFailure.usage("--train takes the observations of --leave-one-out FILE");
      }
      List<String> lines = RuntimePlan.train(leaveOneOut, train);
      String prior = train.toString();
      printed.print(() -> Map.of("prior", prior, "lines", lines), () -> String.join("\n", lines));
      return 0;
    }
    RuntimeReport report = plan().run(line -> progress(err, line));
    printed.print(report::json, () -> String.join("\n", report.lines()));
    return 0;
  }

  private RuntimePlan plan() {
    if (limit < 1 || workers < 1) {
      throw BenchFailure.usage("--limit and --workers are at least 1");
    }
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw BenchFailure.usage("--threshold is a number from 0 to 1, not " + threshold);
    }
    if (observations != null && !exhaust) {
      throw BenchFailure.usage("--observations goes with --exhaust");
    }
    if (resume && (observations == null || !Files.isRegularFile(observations))) {
      throw BenchFailure.usage("--resume expects an existing file of --observations");
    }
    ModelHealing healing = healing();
    return new RuntimePlan(
        data,
        healer,
        threshold,
        force,
        exhaust,
        observations,
        resume,
        leaveOneOut,
        only,
        limit,
        alone,
        workers,
        jdk.java().toString(),
        Installation.ofThisProcess().agent(),
        healing,
        !model.replays());
  }

  private HealMode mode() {
    return switch (mode) {
      case "typed" -> HealMode.TYPED;
      case "contained" -> HealMode.CONTAINED;
      case "full" -> HealMode.FULL;
      default -> throw BenchFailure.usage("--mode is typed, contained or full, not " + mode);
    };
  }

  private @Nullable ModelHealing healing() {
    if (!healer.equals("model")) {
      model.expectNone("--healer model");
      return null;
    }
    ModelOptions.Opened opened = model.open();
    return new ModelHealing(opened.model(), opened.settings(), mode());
  }

  private static synchronized void progress(PrintWriter err, String line) {
    err.println("fettle: " + line);
    err.flush();
  }
}
