package dev.fettle.cli.repair;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.search.OperatorPrior;
import dev.fettle.search.SearchEngine;
import dev.fettle.search.SearchListener;
import dev.fettle.search.SearchReport;
import dev.fettle.search.SearchTask;
import dev.fettle.search.Suggestions;
import dev.fettle.search.SuspectLine;
import dev.fettle.source.java.JavaProject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Hands ranked lines and fitting tests to the search engine. */
final class Search {
  private static final int FILES = 6;

  /** So many characters of suspicious files are no small program. */
  private static final int LIBRARY = 20_000;

  private static final int FAILING = 30;
  private static final int PASSING = 400;
  private static final long PASSING_NANOS = 1_500_000_000L;

  private final Function<LongSupplier, CandidateLaboratory> laboratories;
  private final JavaProject project;
  private final Progress progress;
  private final BooleanSupplier cancelled;

  /**
   * @param laboratories by the nanoseconds that are left of a search
   */
  Search(
      Function<LongSupplier, CandidateLaboratory> laboratories,
      JavaProject project,
      Progress progress,
      BooleanSupplier cancelled) {
    this.laboratories = laboratories;
    this.project = project;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /**
   * What to repair.
   *
   * @param module whose tests these are
   */
  record Target(
      ProjectModel.Module module,
      List<ProjectTests.OneTest> failing,
      List<ProjectTests.OneTest> passing,
      List<Localization.Suspicion> suspects) {}

  /** Paths of the files that a search of this target may edit. */
  Set<String> editable(Target target) {
    return sources(target.suspects()).keySet();
  }

  SearchReport run(
      Target target, Duration budget, long seed, int patches, Suggestions suggestions) {
    Map<String, String> sources = sources(target.suspects());
    List<SuspectLine> lines =
        Localization.likelihoods(
            target.suspects().stream().filter(s -> sources.containsKey(s.path())).toList());
    TrialProgram program =
        new TrialProgram(project.model(), target.module(), sources, tests(target, lines));
    long end = System.nanoTime() + budget.toNanos();
    CandidateLaboratory laboratory = laboratories.apply(() -> end - System.nanoTime());
    AgreeingLaboratory agreeing =
        new AgreeingLaboratory(
            Runtime.getRuntime().availableProcessors() > 1
                ? new PairedLaboratory(laboratory)
                : laboratory,
            Math.min(FAILING, target.failing().size()),
            () -> cancelled.getAsBoolean() || System.nanoTime() >= end);
    long start = end - budget.toNanos();
    boolean[] read = {false};
    SearchEngine engine =
        new SearchEngine(
            agreeing,
            prior(sources),
            bench -> {
              // What the laboratory takes to get ready is of the budget too.
              long now = read[0] ? System.nanoTime() : start;
              read[0] = true;
              return now;
            });
    SearchListener listener =
        (phase, tried, plausible, spent) ->
            progress.searching(tried, tried / Math.max(1e-3, spent / 1e9), plausible);
    SearchReport report =
        engine.search(
            new SearchTask(project, program, lines, budget, seed, patches, cancelled, suggestions),
            listener);
    if (agreeing.hidden() > 0) {
      progress.note(
          agreeing.hidden()
              + " of "
              + program.tests().size()
              + " tests fail or take too long in the search's laboratory: they decide later");
    }
    return report;
  }

  private static OperatorPrior prior(Map<String, String> sources) {
    int characters = sources.values().stream().mapToInt(String::length).sum();
    return characters < LIBRARY ? OperatorPrior.bundled() : OperatorPrior.ofLibraries();
  }

  /** The files with the most suspicious lines. */
  private Map<String, String> sources(List<Localization.Suspicion> suspects) {
    Map<String, Double> best = new LinkedHashMap<>();
    suspects.forEach(s -> best.merge(s.path(), s.score(), Math::max));
    Map<String, String> sources = new LinkedHashMap<>();
    best.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(FILES)
        .forEach(e -> project.tree().text(e.getKey()).ifPresent(t -> sources.put(e.getKey(), t)));
    return sources;
  }

  /** Failing ones, then passing ones that run the most suspicious code in the least time. */
  private List<TrialTest> tests(Target target, List<SuspectLine> lines) {
    List<TrialTest> tests = new ArrayList<>();
    target.failing().stream().limit(FAILING).forEach(t -> tests.add(trial(t)));
    Map<String, Set<Integer>> suspicious = new HashMap<>();
    lines.forEach(l -> suspicious.computeIfAbsent(l.path(), p -> new HashSet<>()).add(l.line()));
    Map<String, String> paths = new HashMap<>();
    Map<ProjectTests.OneTest, Integer> overlap = new HashMap<>();
    for (ProjectTests.OneTest test : target.passing()) {
      int common = 0;
      for (Map.Entry<String, int[]> entry : test.lines().entrySet()) {
        String path =
            paths.computeIfAbsent(entry.getKey(), c -> project.index().declaring(c).orElse(""));
        Set<Integer> wanted = suspicious.getOrDefault(path, Set.of());
        common += (int) Arrays.stream(entry.getValue()).filter(wanted::contains).count();
      }
      if (common > 0 && test.by().equals("direct")) {
        overlap.put(test, common);
      }
    }
    long[] nanos = {0};
    overlap.keySet().stream()
        .sorted(
            Comparator.<ProjectTests.OneTest>comparingInt(t -> -overlap.getOrDefault(t, 0))
                .thenComparingLong(ProjectTests.OneTest::nanos)
                .thenComparing(t -> t.result().name()))
        .filter(
            t -> {
              boolean fits = nanos[0] + t.nanos() <= PASSING_NANOS;
              nanos[0] += fits ? t.nanos() : 0;
              return fits;
            })
        .limit(PASSING)
        .forEach(t -> tests.add(trial(t)));
    return tests;
  }

  private static TrialTest trial(ProjectTests.OneTest test) {
    return new TrialTest.TestMethod(test.result().className(), test.result().method());
  }
}
