package dev.fettle.bench.repair;

import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.templates.TemplateGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the first candidates take after a stack trace in a code base of many lines: with nothing
 * known (every source is read and indexed), and with the index in memory, for other traces.
 */
public final class LargeCodeBase {
  private static final int CANDIDATES = 5;

  private final GeneratedCode code;
  private final Path jdk;

  public LargeCodeBase(GeneratedCode code, Path jdk) {
    this.code = code;
    this.jdk = jdk;
  }

  /** What one trace took, in seconds. */
  private record Asked(double seconds, double diagnosis, int candidates) {}

  /**
   * Measures.
   *
   * @param warm how many traces follow the first
   * @return what {@code --json} prints
   */
  public Map<String, Object> measure(int warm) throws IOException {
    long begin = System.nanoTime();
    SourceTree tree = FolderTree.of(code.root());
    double listing = seconds(begin);
    ProjectModel model = code.project(jdk);
    JavaSources sources = new JavaSources();
    sources.project(tree, model);
    double indexed = seconds(begin);
    TemplateGenerator templates = new TemplateGenerator(sources);
    Asked first = ask(sources, templates, tree, model, code.faulty(0));
    double cold = seconds(begin);
    List<Asked> others = new ArrayList<>();
    for (int i = 1; i <= warm; i++) {
      others.add(ask(sources, templates, tree, model, code.faulty(i)));
    }
    List<Double> warmSeconds = others.stream().map(Asked::seconds).sorted().toList();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("lines", code.lines());
    result.put("files", code.files());
    result.put("coldSeconds", cold);
    result.put("listSeconds", listing);
    result.put("indexSeconds", indexed - listing);
    result.put("firstTraceSeconds", first.seconds());
    result.put("warmTraces", warmSeconds.size());
    result.put("warmMedianSeconds", warmSeconds.get(warmSeconds.size() / 2));
    result.put("warmMaxSeconds", warmSeconds.get(warmSeconds.size() - 1));
    result.put(
        "tracesWithCandidates",
        others.stream().filter(a -> a.candidates() > 0).count() + (first.candidates() > 0 ? 1 : 0));
    return result;
  }

  private Asked ask(
      JavaSources sources,
      TemplateGenerator templates,
      SourceTree tree,
      ProjectModel model,
      GeneratedCode.Faulty faulty) {
    long begin = System.nanoTime();
    Incident incident = code.incident(faulty, List.of());
    Analysis analysis = new JavaFaultLocalizer(sources).localize(incident, tree, model);
    double diagnosed = seconds(begin);
    if (!(analysis instanceof Diagnosis diagnosis)) {
      return new Asked(seconds(begin), diagnosed, 0);
    }
    RepairCase repairCase = new RepairCase(incident, diagnosis, tree, model, Optional.empty());
    List<Candidate> found = templates.candidates(repairCase).limit(CANDIDATES).toList();
    return new Asked(seconds(begin), diagnosed, found.size());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
