package dev.fettle.bench.confidence;

import dev.fettle.engine.confidence.ConfidenceModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is learned from records, and how far it can be believed. */
public final class ConfidenceStudy {
  private static final int FOLDS = 10;

  private final List<JudgedPatch> patches;
  private final Training training;

  /**
   * @param penalty of the training, above 0
   */
  public ConfidenceStudy(List<Path> records, double penalty) {
    this.patches = JudgedPatch.read(records);
    this.training = new Training(penalty);
  }

  /** The model of all records, as its file. */
  public String model() {
    long problems = patches.stream().map(JudgedPatch::problem).distinct().count();
    return "# Log-odds that a patch of the search that passes all visible tests passes hidden"
        + " ones.\n"
        + "# Trained on "
        + patches.size()
        + " patches of programs of "
        + problems
        + " problems; see docs/confidence.md.\n"
        + training.fit(patches).text();
  }

  /** Tenfold, problems kept together. */
  public Calibration crossed() {
    return Calibration.crossed(patches, training, FOLDS);
  }

  /** Of first patches only, which is what is delivered. */
  public Calibration crossedFirst() {
    List<JudgedPatch> first = patches.stream().filter(p -> p.rank() == 1).toList();
    Map<String, List<JudgedPatch>> all =
        patches.stream().collect(Collectors.groupingBy(JudgedPatch::problem));
    return Calibration.of(
        first,
        p ->
            training
                .fit(
                    all.entrySet().stream()
                        .filter(e -> !e.getKey().equals(p.problem()))
                        .flatMap(e -> e.getValue().stream())
                        .toList())
                .explain(p.features())
                .probability());
  }

  /** Of a model that was trained on other records. */
  public Calibration of(ConfidenceModel model) {
    return Calibration.of(patches, p -> model.explain(p.features()).probability());
  }

  /** What the search itself says without training. */
  public Calibration untrained() {
    return Calibration.of(patches, p -> p.features().getOrDefault("share", 0.5));
  }

  /** The diagram of the docs. */
  public String svg() {
    return new ReliabilityDiagram(crossed(), "Confidence of patches, tenfold by problem").svg();
  }
}
