package dev.fettle.bench.repair;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Goal;
import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.llm.context.Brief;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCase;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long it takes to gather what a model is told about a failure in a large code base. As in a
 * repair the revision is indexed and the failure diagnosed before anybody asks; both are measured
 * for themselves.
 */
public final class ContextCost {
  private static final Goal FIRST = new Goal("firstWallMs", 2000);
  private static final int REPEATS = 9;
  private static final int PAST = 500;

  private final Path folder;
  private final long lines;

  /**
   * @param folder an empty one
   * @param lines of code, at least 1000
   */
  public ContextCost(Path folder, long lines) {
    this.folder = folder;
    this.lines = lines;
  }

  private record Spent(double wall, double cpu) {}

  /** Writes the code base and measures; the others know what the first reading learned. */
  public Map<String, Object> measure() {
    try {
      return measured(GeneratedCode.write(folder, lines, 1));
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + folder + ": " + e.getMessage());
    }
  }

  private static Map<String, Object> measured(GeneratedCode code) throws IOException {
    SourceTree tree = FolderTree.of(code.root());
    ProjectModel model = code.project(Path.of(System.getProperty("java.home")));
    JavaSources sources = new JavaSources();
    Spent index = spent(() -> sources.project(tree, model));
    Incident incident = code.incident(code.faulty(0), List.of(code.faulty(1), code.faulty(2)));
    List<Diagnosis> found = new ArrayList<>();
    Spent diagnosis =
        spent(
            () -> {
              if (new JavaFaultLocalizer(sources).localize(incident, tree, model)
                  instanceof Diagnosis known) {
                found.add(known);
              }
            });
    if (found.isEmpty()) {
      throw BenchFailure.broken("the generated failure was not diagnosed");
    }
    RepairCase failing = new RepairCase(incident, found.get(0), tree, model, Optional.empty());
    PastCases past = new PastCases(past());
    CaseReader reader = new CaseReader(sources, () -> past, LlmSettings.none());
    List<Spent> contexts = new ArrayList<>();
    List<Brief> briefs = new ArrayList<>();
    for (int i = 0; i <= REPEATS; i++) {
      contexts.add(spent(() -> briefs.add(reader.read(failing))));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", code.lines());
    json.put("files", code.files());
    json.put("indexWallMs", Math.round(index.wall()));
    json.put("diagnosisWallMs", Math.round(diagnosis.wall()));
    json.put(
        "contextCharacters",
        briefs.get(0).parts().values().stream().mapToInt(String::length).sum());
    FIRST.put(json, contexts.get(0).wall());
    json.put("firstCpuMs", Math.round(contexts.get(0).cpu()));
    List<Spent> warm = contexts.subList(1, contexts.size());
    json.put("warmWallMs", Math.round(median(warm.stream().map(Spent::wall).toList())));
    json.put("warmCpuMs", Math.round(median(warm.stream().map(Spent::cpu).toList())));
    return json;
  }

  /** Wall time, and CPU time of this thread, in milliseconds. */
  private static Spent spent(Runnable work) {
    long began = System.nanoTime();
    long spent = cpu();
    work.run();
    return new Spent((System.nanoTime() - began) / 1e6, (cpu() - spent) / 1e6);
  }

  private static List<PastCase> past() {
    List<PastCase> past = new ArrayList<>();
    for (int i = 0; i < PAST; i++) {
      past.add(
          new PastCase(
              "inc-past" + (100 + i),
              "java.lang.NullPointerException big.p" + i + ".Part" + i + ".sizeOf entry",
              "guarded the entry",
              "merged"));
    }
    return past;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
