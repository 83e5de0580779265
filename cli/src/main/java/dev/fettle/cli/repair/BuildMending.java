package dev.fettle.cli.repair;

import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.LogOdds;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.build.OwnBuild;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.mend.Mend;
import dev.fettle.source.mend.Mending;
import dev.fettle.source.mend.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Repairs main sources that do not compile: edits from the compiler's own words, each judged by
 * compiling the module again, best first by the errors that are left; then the tests decide between
 * those that compile.
 */
final class BuildMending {
  // Log-odds that were set and not learned: docs/confidence.md.
  private static final String OWN_BUILD = "own build passes";
  private static final double BUILD_PASSES = 2.2;
  private static final double BUILD_FAILS = -1.1;

  private static final int SOLUTIONS = 8;
  private static final int EDITS = 6;
  private static final Duration COMPILE = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final SourceTree tree;
  private final RepairRequest request;
  private final Budget budget;
  private final Progress progress;
  private final BooleanSupplier cancelled;
  private long tried;

  BuildMending(
      Sandbox sandbox,
      SourceTree tree,
      RepairRequest request,
      Budget budget,
      Progress progress,
      BooleanSupplier cancelled) {
    this.sandbox = sandbox;
    this.tree = tree;
    this.request = request;
    this.budget = budget;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /** How many edits were compiled. */
  long tried() {
    return tried;
  }

  /** Texts that differ from the tree's, the edits that led there, and what is left to do. */
  private record State(
      Map<String, String> texts, List<String> edits, double cost, List<Problem> problems) {
    /** Syntax errors hide all others. */
    double distance() {
      boolean syntax =
          problems.stream()
              .anyMatch(
                  p ->
                      p.message().contains("expected")
                          || p.message().contains("illegal start")
                          || p.message().contains("end of file"));
      return (syntax ? 20 : 0) + problems.size() + 0.3 * cost;
    }
  }

  List<Repaired.Found> mend() throws IOException {
    ProjectReader.Reading reading =
        request.folders().isPresent()
            ? sandbox.readUncompiled(tree, Layouts.of(tree, request.folders().get()))
            : sandbox.readUncompiled(tree);
    if (!(reading instanceof ProjectReader.Reading.Read read)) {
      return List.of();
    }
    ProjectModel project = read.project();
    JavaProject sources = new JavaSources().project(tree, project);
    List<State> solutions = search(project, sources);
    List<Repaired.Found> found = new ArrayList<>();
    for (State solution : solutions) {
      found.add(judge(project, solution));
    }
    found.sort(Comparator.comparingDouble(f -> -f.confidence().score()));
    return found.subList(0, Math.min(request.patches(), found.size()));
  }

  private List<State> search(ProjectModel project, JavaProject sources) {
    Mending mending = new Mending(sources);
    PriorityQueue<State> open = new PriorityQueue<>(Comparator.comparingDouble(State::distance));
    Set<Map<String, String>> seen = new HashSet<>();
    List<State> solutions = new ArrayList<>();
    compile(project, sources, Map.of())
        .ifPresent(p -> open.add(new State(Map.of(), List.of(), 0, p)));
    Duration reserve = budget.share(0.3);
    while (!open.isEmpty() && solutions.size() < SOLUTIONS) {
      State state = open.remove();
      if (state.problems().isEmpty() || state.edits().size() >= EDITS) {
        continue;
      }
      Problem problem = state.problems().get(0);
      String text = text(state, problem.path());
      for (Mend idea : mending.ideas(problem, text)) {
        if (budget.left().compareTo(reserve) < 0 || cancelled.getAsBoolean()) {
          return solutions;
        }
        Optional<State> next = next(project, sources, state, problem.path(), text, idea, seen);
        if (next.isPresent() && next.get().problems().isEmpty()) {
          solutions.add(next.get());
        } else {
          next.filter(n -> n.distance() < state.distance() + 0.5).ifPresent(open::add);
        }
      }
      boolean done = !solutions.isEmpty() && state.edits().isEmpty();
      if (done) {
        break;
      }
    }
    return solutions;
  }

  private Optional<State> next(
      ProjectModel project,
      JavaProject sources,
      State state,
      String path,
      String text,
      Mend idea,
      Set<Map<String, String>> seen) {
    Map<String, String> texts = new LinkedHashMap<>(state.texts());
    texts.put(path, new Patch(idea.replacements()).apply(path, text));
    if (!seen.add(texts)) {
      return Optional.empty();
    }
    tried++;
    progress.searching(tried, tried / Math.max(1e-3, budget.used().toMillis() / 1e3), 0);
    List<String> edits = new ArrayList<>(state.edits());
    edits.add(idea.rationale());
    return compile(project, sources, texts)
        .map(p -> new State(texts, edits, state.cost() + idea.cost(), p));
  }

  private String text(State state, String path) {
    String changed = state.texts().get(path);
    return changed != null ? changed : tree.text(path).orElse("");
  }

  /** The errors of all main sources with the changes; empty when they cannot be compiled at all. */
  private Optional<List<Problem>> compile(
      ProjectModel project, JavaProject sources, Map<String, String> changed) {
    List<NewFile> files = new ArrayList<>();
    for (String path : sources.index().mainFiles()) {
      String text = changed.getOrDefault(path, tree.text(path).orElse(""));
      if (isMain(project, path)) {
        files.add(new NewFile(path, text));
      }
    }
    LabReport report =
        sandbox
            .laboratory()
            .run(
                new LabJob(
                    project,
                    Optional.empty(),
                    files,
                    new LabJob.Selection.None(),
                    budget.atMost(COMPILE)));
    if (report instanceof LabReport.Ran) {
      return Optional.of(List.of());
    } else if (report instanceof LabReport.NotCompiled refusal) {
      List<Problem> problems = Problem.parse(refusal.diagnostics());
      return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }
    return Optional.empty();
  }

  private static boolean isMain(ProjectModel project, String path) {
    Path absolute = project.root().resolve(path);
    return project.modules().stream()
        .flatMap(m -> m.mainSources().stream())
        .anyMatch(absolute::startsWith);
  }

  private Repaired.Found judge(ProjectModel project, State solution) throws IOException {
    List<Replacement> whole = new ArrayList<>();
    solution
        .texts()
        .forEach(
            (path, after) -> {
              String before = tree.text(path).orElse("");
              whole.add(new Replacement(path, 0, before.length(), before, after));
            });
    Map<String, byte[]> changes = PatchTexts.changes(tree, new Patch(whole));
    List<LogOdds.Contribution> adds = new ArrayList<>();
    double cost = solution.cost();
    adds.add(new LogOdds.Contribution("cost of the edits", cost, -Math.log1p(cost / 2)));
    Repaired.Confirmed confirmed = Repaired.Confirmed.NOT_ASKED;
    String detail = "it compiles; no time was left for the project's own build";
    if (project.tool() == ProjectModel.BuildTool.MAVEN && budget.left().toSeconds() > 4) {
      OwnBuild.Ended ended =
          sandbox
              .ownBuild()
              .test(
                  tree,
                  project,
                  new OwnBuild.Run(changes, Optional.empty(), List.of(), budget.left()));
      long failed =
          ended.tests().values().stream().filter(v -> v == OwnBuild.Verdict.FAILED).count();
      if (ended.passed()) {
        confirmed = Repaired.Confirmed.YES;
        adds.add(new LogOdds.Contribution(OWN_BUILD, 1, BUILD_PASSES));
        detail = "the project's own build passes " + ended.tests().size() + " tests with it";
      } else if (!ended.tests().isEmpty()) {
        detail = "it compiles; " + failed + " of " + ended.tests().size() + " tests fail with it";
        adds.add(new LogOdds.Contribution(OWN_BUILD, 0, BUILD_FAILS));
      } else {
        detail = "it compiles; the project's own build ran no test: " + ended.detail();
      }
    }
    return new Repaired.Found(
        changes,
        PatchTexts.diff(tree, changes),
        "compiler",
        "the sources do not compile",
        String.join(" ", solution.edits()),
        List.of("nothing that ran before: the sources did not compile"),
        List.of("The compiler's errors are gone."),
        null,
        Confidence.explained(LogOdds.assumed(0, adds), List.of()),
        confirmed,
        detail);
  }
}
