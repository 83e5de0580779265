package dev.fettle.bench;

import dev.fettle.bench.confidence.Calibration;
import dev.fettle.bench.confidence.ConfidenceStudy;
import dev.fettle.bench.host.BenchFailure;
import dev.fettle.engine.confidence.ConfidenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "confidence",
    mixinStandardHelpOptions = true,
    description = {
      "How sure one may be of a patch: trains the model from records of bench repair --records,",
      "and measures its calibration tenfold, programs of one problem kept together."
    })
final class ConfidenceCommand implements Callable<Integer> {
  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--records",
      required = true,
      paramLabel = "FILE",
      description = "Records; repeatable.")
  List<Path> records = List.of();

  @CommandLine.Option(
      names = "--train",
      paramLabel = "FILE",
      description = "Write the model of all records.")
  @Nullable Path train;

  @CommandLine.Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Measure this model instead: the records must be others than it was made of.")
  @Nullable Path model;

  @CommandLine.Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write the reliability diagram.")
  @Nullable Path svg;

  @CommandLine.Option(
      names = "--penalty",
      paramLabel = "X",
      description = "On squared weights, above 0. Default: ${DEFAULT-VALUE}.")
  double penalty = 30;

  @Override
  public Integer call() throws IOException {
    if (!(penalty > 0 && penalty < 1e6)) {
      throw BenchFailure.usage("--penalty is a number above 0, not " + penalty);
    }
    ConfidenceStudy study = new ConfidenceStudy(records, penalty);
    if (train != null) {
      Files.writeString(train, study.model());
    }
    if (svg != null) {
      Files.writeString(svg, study.svg());
    }
    Map<String, Object> all = new LinkedHashMap<>();
    Calibration shown = model == null ? study.crossed() : study.of(read(model));
    if (model == null) {
      all.put("crossed", shown.json());
      all.put("crossedFirstPatches", study.crossedFirst().json());
    } else {
      all.put("given", shown.json());
    }
    all.put("untrained", study.untrained().json());
    printed.print(() -> all, () -> shown.text().stripTrailing());
    return 0;
  }

  private static ConfidenceModel read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw BenchFailure.usage("--model: no such file: " + file);
    }
    try {
      return ConfidenceModel.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw BenchFailure.usage("--model: " + e.getMessage());
    }
  }
}
