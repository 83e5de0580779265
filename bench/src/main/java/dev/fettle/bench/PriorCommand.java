package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.repair.OperatorLearning;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "prior",
    mixinStandardHelpOptions = true,
    description = {
      "Learns how often operators repair, and prints the file that the search reads.",
      "Learns from what bench repair --data --json printed: first patches that are correct."
    })
final class PriorCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(
      names = "--run",
      required = true,
      paramLabel = "FILE",
      description = "What bench repair --data --json printed.")
  @Nullable Path run;

  @CommandLine.Option(
      names = "--base",
      paramLabel = "FILE",
      description = "Shares to begin with instead of the bundled ones.")
  @Nullable Path base;

  @Override
  public Integer call() throws IOException {
    OperatorLearning learning = OperatorLearning.read(Objects.requireNonNull(run));
    if (learning.repairs() == 0) {
      throw BenchFailure.usage(run + ": no first patch of the search is correct there");
    }
    OperatorPrior before =
        base == null ? OperatorPrior.bundled() : OperatorPrior.parse(Files.readString(base));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(
        "# operator share: how often it is the repair, among all repairs by one edit.\n"
            + "# Learned from "
            + learning.repairs()
            + " repairs by: fettle bench prior --run RUN. See docs/search.md.\n"
            + learning.all(before).text());
    out.flush(); // print alone does not
    return 0;
  }
}
