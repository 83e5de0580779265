package dev.fettle.server;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.search.OperatorPrior;
import dev.fettle.search.RankedPatch;
import dev.fettle.search.SearchEngine;
import dev.fettle.search.SearchTask;
import dev.fettle.search.SuspectLine;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Searches for patches where no template has one: small changes at the suspects, judged by the
 * reproduction by the hundred. What it proposes passed that in the search's laboratory, and the
 * validation proves each once more. Completes what a language model names meanwhile. Without one it
 * is deterministic for a seed, so a server that was killed meanwhile finds the same again.
 * Thread-safe.
 */
final class SearchGenerator implements PatchGenerator {
  private static final int FILES = 4;
  private static final int PATCHES = 8;
  private static final long SEED = 1;

  /** Below every template: these know the fault, a search knows a test. */
  private static final double BEST_SCORE = 0.4;

  private static final String ENDED = "ended";

  /** What the code under test prints is no part of the verdict. */
  private static final String STARTER =
"""

class %s {
  public static void main(String[] arguments) throws Throwable {
    java.io.PrintStream out = System.out;
    System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    try {
      new %s().%s();
    } finally {
      System.setOut(out);
    }
    out.print("ended");
  }
}
""";

  private final Function<LongSupplier, CandidateLaboratory> laboratories;
  private final JavaSources sources;
  private final Duration budget;
  private final ModelHints hints;

  /**
   * @param laboratories by the nanoseconds that are left of a search
   * @param budget wall time of one search; zero for none
   * @param hints what a language model names beside it
   */
  SearchGenerator(
      Function<LongSupplier, CandidateLaboratory> laboratories,
      JavaSources sources,
      Duration budget,
      ModelHints hints) {
    this.laboratories = laboratories;
    this.sources = sources;
    this.budget = budget;
    this.hints = hints;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public boolean slow() {
    return true;
  }

  /** Nothing is searched before the first candidate is asked for. */
  @Override
  public Stream<Candidate> candidates(RepairCase repairCase) {
    return repairCase.diagnosis().repairable() && !budget.isZero()
        ? Stream.of(repairCase).flatMap(this::found)
        : Stream.empty();
  }

  private Stream<Candidate> found(RepairCase repairCase) {
    Optional<TestDraft> draft = repairCase.test();
    Optional<ProjectModel.Module> module = draft.flatMap(d -> module(repairCase.project(), d));
    Map<String, String> texts = texts(repairCase);
    if (module.isEmpty() || texts.isEmpty()) {
      return Stream.empty();
    }
    JavaProject project = sources.project(repairCase.tree(), repairCase.project());
    TrialProgram program =
        new TrialProgram(repairCase.project(), module.get(), texts, tests(draft.get()));
    SearchTask task =
        new SearchTask(
            project,
            program,
            lines(repairCase),
            budget,
            SEED,
            PATCHES,
            () -> Thread.currentThread().isInterrupted(),
            hints.about(repairCase.incident().id()));
    long end = System.nanoTime() + budget.toNanos();
    CandidateLaboratory laboratory = laboratories.apply(() -> end - System.nanoTime());
    SearchEngine engine =
        new SearchEngine(laboratory, OperatorPrior.bundled(), bench -> System.nanoTime());
    List<RankedPatch> patches;
    try {
      patches = engine.search(task, (phase, tried, plausible, nanos) -> {}).patches();
    } finally {
      hints.forget(repairCase.incident().id());
    }
    List<Candidate> candidates = new ArrayList<>();
    for (RankedPatch patch : patches) {
      Candidate known = patch.candidate();
      double score = BEST_SCORE * (1 - candidates.size() / (2.0 * PATCHES));
      candidates.add(
          new Candidate(
              known.patch(), known.generator(), known.rationale(), score, known.features()));
    }
    return candidates.stream();
  }

  private static Optional<ProjectModel.Module> module(ProjectModel project, TestDraft draft) {
    return project.modules().stream().filter(m -> m.directory().equals(draft.module())).findFirst();
  }

  /** The files of the suspects, the most suspicious first. */
  private static Map<String, String> texts(RepairCase repairCase) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Suspect suspect : repairCase.diagnosis().suspects()) {
      String path = suspect.place().path();
      if (texts.size() < FILES) {
        repairCase.tree().text(path).ifPresent(text -> texts.put(path, text));
      }
    }
    return texts;
  }

  private static List<SuspectLine> lines(RepairCase repairCase) {
    List<SuspectLine> lines = new ArrayList<>();
    for (Suspect suspect : repairCase.diagnosis().suspects()) {
      lines.add(
          new SuspectLine(
              suspect.place().path(), suspect.place().line(), suspect.suspiciousness()));
    }
    return lines;
  }

  /** The reproduction as main programs, one per test method: nothing of it is compiled yet. */
  private static List<TrialTest> tests(TestDraft draft) {
    int dot = draft.className().lastIndexOf('.');
    String simple = draft.className().substring(dot + 1);
    List<TrialTest> tests = new ArrayList<>();
    String test = draft.text().replace("public class " + simple, "class " + simple);
    for (String method : draft.methods()) {
      String starter = "FettleTrial" + tests.size();
      String source = test + STARTER.formatted(starter, simple, method);
      String className = dot < 0 ? starter : draft.className().substring(0, dot + 1) + starter;
      tests.add(
          new TrialTest.MainOutput(draft.className() + "#" + method, className, source, ENDED));
    }
    return tests;
  }
}
