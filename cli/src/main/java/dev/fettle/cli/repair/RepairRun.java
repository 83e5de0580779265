package dev.fettle.cli.repair;

import dev.fettle.checkout.FolderTree;
import dev.fettle.checkout.RecentChanges;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.build.Fetched;
import dev.fettle.sandbox.build.TreeCopy;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.RankedPatch;
import dev.fettle.search.SearchReport;
import dev.fettle.search.Suggestions;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One repair, from a directory to ranked patches. Confined to one thread. */
public final class RepairRun {
  /** A build that ends soon after the budget is let end. */
  private static final Duration LEAST_BUILD = Duration.ofSeconds(5);

  private final RepairRequest request;
  private final Budget budget;
  private final Progress progress;
  private final BooleanSupplier cancelled;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();
  private final List<String> unstable = new ArrayList<>();
  private final List<String> outside = new ArrayList<>();
  private final CpuTime cpu = new CpuTime();
  private long tried;
  private int plausible;

  RepairRun(RepairRequest request, Budget budget, Progress progress, BooleanSupplier cancelled) {
    this.request = request;
    this.budget = budget;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /**
   * Runs it.
   *
   * @throws IOException when the directory cannot be read or children cannot be started
   */
  Repaired run() throws IOException {
    SourceTree tree = FolderTree.of(request.project(), List.of(request.data()));
    Duration build = budget.left().plus(LEAST_BUILD);
    try (Sandbox sandbox =
        Sandbox.open(request.data(), HostExecution.ALLOWED, Fetched.TOGETHER, build)) {
      progress.phase("reading the project (" + sandbox.laboratory().confinement() + ")");
      ProjectReader.Reading reading = timed("read", () -> read(sandbox, tree));
      if (reading instanceof ProjectReader.Reading.Unreadable unreadable) {
        return mendBuild(sandbox, tree, unreadable.reason());
      }
      ProjectModel project = ((ProjectReader.Reading.Read) reading).project();
      notes.addAll(sandbox.notes(project));
      notes.forEach(progress::note);
      String trace = request.trace();
      return trace == null
          ? repair(sandbox, tree, project)
          : repairTraced(sandbox, tree, project, trace);
    }
  }

  private ProjectReader.Reading read(Sandbox sandbox, SourceTree tree) throws IOException {
    return request.folders().isPresent()
        ? sandbox.readFolders(tree, Layouts.of(tree, request.folders().get()))
        : sandbox.reader().read(tree);
  }

  /** Makes the trace a failing test of a copy, and repairs that. */
  private Repaired repairTraced(
      Sandbox sandbox, SourceTree tree, ProjectModel project, String trace) throws IOException {
    progress.phase("reproducing the trace");
    TraceRepair.Traced traced =
        timed("reproduce", () -> new TraceRepair(sandbox, tree, project, budget).trace(trace));
    notes.add(traced.diagnosis());
    progress.note(traced.diagnosis());
    if (traced.test().isEmpty()) {
      return ended(
          Repaired.End.NOT_REPAIRED,
          List.of(),
          "no test that fails as the trace says could be made: " + traced.diagnosis());
    }
    TestDraft draft = traced.test().get();
    progress.note("reproduced by " + draft.className());
    Path copy = request.data().resolve("traces").resolve(tree.revision());
    TreeCopy.delete(copy);
    try {
      return repairCopy(tree, draft, copy);
    } finally {
      TreeCopy.delete(copy);
    }
  }

  private Repaired repairCopy(SourceTree tree, TestDraft draft, Path copy) throws IOException {
    TreeCopy.copy(tree, copy);
    Path test = copy.resolve(draft.path()).normalize();
    if (!test.startsWith(copy)) {
      throw new IOException("a generated test outside of the project: " + draft.path());
    }
    Files.createDirectories(test.getParent());
    Files.writeString(test, draft.text());
    Optional<RepairRequest.Folders> folders = request.folders();
    RepairRequest traceless =
        new RepairRequest(
            copy,
            folders.isEmpty() ? folders : Optional.of(folders.get().in(copy, request.project())),
            List.of(draft.className()),
            null,
            request.data(),
            request.budget(),
            request.seed(),
            request.patches(),
            request.llm());
    RepairRun onCopy = new RepairRun(traceless, budget, progress, cancelled);
    onCopy.notes.addAll(notes);
    onCopy.notes.add("reproduced by a generated test:\n" + draft.text());
    onCopy.seconds.putAll(seconds);
    return onCopy.run();
  }

  private Repaired repair(Sandbox sandbox, SourceTree tree, ProjectModel project)
      throws IOException {
    progress.phase("running the tests");
    FailingTests finder = new FailingTests(sandbox.tests(), project, budget, progress);
    RecentChanges recent = RecentChanges.of(tree);
    List<String> hints = hints(tree, recent);
    List<FailingTests.Seen> seen = timed("tests", () -> finder.find(request.tests(), hints));
    List<FailingTests.Seen> open = new ArrayList<>();
    for (FailingTests.Seen one : seen) {
      sortOut(one).ifPresent(open::add);
    }
    tellOfTests();
    if (open.isEmpty()) {
      boolean none = unstable.isEmpty() && outside.isEmpty();
      return ended(
          none ? Repaired.End.PASSING : Repaired.End.NOT_REPAIRED,
          List.of(),
          none
              ? "all tests that were run pass"
              : "no test fails every time for a reason inside the code");
    }
    progress.phase("searching");
    JavaProject sources = new JavaSources().project(tree, project);
    Search search = new Search(sandbox::candidates, sources, progress, cancelled);
    ModelAdvisor advisor =
        new ModelAdvisor(request.llm(), request.data(), sandbox, tree, project, progress);
    advisor.refusal().ifPresent(progress::note);
    Duration reserve = reserve();
    List<Confirming.Held> found = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<Search.Target> targets = timed("localize", () -> Targets.of(open, sources, recent));
    for (int i = 0; i < targets.size(); i++) {
      Search.Target target = targets.get(i);
      progress.note(
          "group "
              + (i + 1)
              + " of "
              + targets.size()
              + ": "
              + target.failing().size()
              + " failing tests, "
              + target.failing().get(0).result().name()
              + " first");
      double share = Targets.share(i, targets.size());
      List<RankedPatch> ranked =
          timed("search", () -> search(search, target, time(reserve, share), advisor, sources));
      Confirming confirming =
          new Confirming(
              sandbox, tree, sources, target, failingWith(target, open), budget, progress);
      if (!ranked.isEmpty()) {
        progress.phase("confirming " + ranked.size() + " patches");
        timed(
            "confirm",
            () -> {
              confirming.confirm(ranked, request.patches(), found, refused);
              return true;
            });
      }
      if (confirming.anyRepairsAll(found) || budget.left().isZero() || cancelled.getAsBoolean()) {
        break;
      }
    }
    if (!found.isEmpty()) {
      // What repairs most first, tests that hardly fail for the code counting little; then as
      // ranked.
      found.sort(Comparator.comparingDouble(f -> -f.worth()));
      return ended(
          Repaired.End.REPAIRED,
          found.stream().map(Confirming.Held::found).limit(request.patches()).toList(),
          "");
    }
    notes.addAll(refused);
    return refused.isEmpty()
        ? ended(Repaired.End.NOT_REPAIRED, List.of(), "no candidate passes all tests")
        : ended(
            Repaired.End.REFUSED,
            List.of(),
            refused.size() + " candidates passed in the laboratory, and the build refuses them");
  }

  /** Test classes that likely fail: those that did, those that changed, those of changed code. */
  private static List<String> hints(SourceTree tree, RecentChanges recent) {
    List<String> hints = new ArrayList<>(SurefireHints.of(tree.root()));
    for (String path : recent.paths()) {
      String file = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
      tree.paths().stream()
          .filter(p -> p.endsWith("/" + file + "Test.java") || p.equals(path))
          .map(p -> p.replaceAll("^.*?java/(?=\\w+/)", "").replace(".java", "").replace('/', '.'))
          .forEach(hints::add);
    }
    return hints;
  }

  /** Failing tests of a target's module, without those that ended their JVM: no target has them. */
  private static IdentityHashMap<ProjectTests.OneTest, Double> failingWith(
      Search.Target target, List<FailingTests.Seen> open) {
    IdentityHashMap<ProjectTests.OneTest, Double> failing = new IdentityHashMap<>();
    open.stream()
        .filter(seen -> seen.module().equals(target.module()))
        .forEach(seen -> Targets.ofCode(seen).forEach(failing::put));
    failing.keySet().removeIf(test -> test.lines().isEmpty());
    return failing;
  }

  private List<RankedPatch> search(
      Search search,
      Search.Target target,
      Duration left,
      ModelAdvisor advisor,
      JavaProject sources) {
    if (target.suspects().isEmpty() || left.isNegative() || left.isZero()) {
      return List.of();
    }
    try (ModelAdvice advice = advisor.about(target, sources, left)) {
      int most = Math.max(10, 2 * request.patches());
      Suggestions suggestions =
          TemplateAdvice.beside(advice, target, sources.tree(), sources.model());
      SearchReport report = search.run(target, left, request.seed(), most, suggestions);
      tried += report.tried();
      plausible += report.plausible();
      seconds.merge("search: compiling", report.laboratory().compileNanos() / 1e9, Double::sum);
      seconds.merge("search: running", report.laboratory().runNanos() / 1e9, Double::sum);
      SearchReport.Phases phases = report.phases();
      seconds.merge("search: opening files", phases.opening() / 1e9, Double::sum);
      seconds.merge("search: judging", phases.judging() / 1e9, Double::sum);
      seconds.merge("search: asking conditions", phases.asking() / 1e9, Double::sum);
      seconds.merge("search: ranking", phases.ranking() / 1e9, Double::sum);
      if (!report.note().isEmpty() && !notes.contains(report.note())) {
        notes.add(report.note());
        progress.note(report.note());
      }
      return advice.with(report.patches(), search.editable(target));
    }
  }

  /** For one search: a share of what is left without the reserve. */
  private Duration time(Duration reserve, double share) {
    return Duration.ofMillis((long) (budget.left().minus(reserve).toMillis() * share));
  }

  /** Time for the build's word on the first patches: what reading it took, and its tests. */
  private Duration reserve() {
    double read = seconds.getOrDefault("read", 0.0);
    double want = Math.max(6 + 0.06 * budget.whole().toSeconds(), 1.2 * read + 4);
    return Duration.ofMillis((long) (1000 * Math.min(want, budget.whole().toSeconds() * 0.25)));
  }

  /** Names what cannot be repaired; empty when nothing is left. */
  private Optional<FailingTests.Seen> sortOut(FailingTests.Seen seen) {
    unstable.addAll(seen.unstable());
    List<ProjectTests.OneTest> inside = new ArrayList<>();
    for (ProjectTests.OneTest test : seen.failing()) {
      Optional<String> reason = OutsideReasons.of(test);
      if (reason.isPresent()) {
        outside.add(test.result().name() + ": " + reason.get());
      } else {
        inside.add(test);
        failing.add(test.result().name());
      }
    }
    if (!seen.missing().isEmpty()) {
      notes.add(
          seen.missing().size()
              + " test classes of "
              + seen.module().name()
              + " did not fit into the budget");
    }
    if (!seen.launcher().isEmpty()) {
      notes.add(
          seen.launcher().size()
              + " test classes run by the framework's launcher: "
              + seen.launcher().entrySet().stream()
                  .limit(3)
                  .map(e -> e.getKey() + " (" + e.getValue() + ")")
                  .toList());
    }
    return inside.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FailingTests.Seen(
                seen.module(),
                inside,
                seen.unstable(),
                seen.passing(),
                seen.launcher(),
                seen.missing()));
  }

  private void tellOfTests() {
    progress.note(failing.size() + " failing tests" + listed(failing));
    if (!unstable.isEmpty()) {
      progress.note("left out, as they do not fail every time" + listed(unstable));
    }
    if (!outside.isEmpty()) {
      progress.note("left out, as the reason lies outside of the code" + listed(outside));
    }
  }

  private static String listed(List<String> names) {
    return names.isEmpty()
        ? ""
        : ": " + String.join(", ", names.subList(0, Math.min(5, names.size())));
  }

  /** A build that does not compile. */
  private Repaired mendBuild(Sandbox sandbox, SourceTree tree, String reason) throws IOException {
    if (!reason.contains("compile")
        && !reason.contains("COMPILATION")
        && !reason.contains(".java:")) {
      return ended(Repaired.End.UNREADABLE, List.of(), reason);
    }
    progress.phase("repairing what does not compile");
    BuildMending mending = new BuildMending(sandbox, tree, request, budget, progress, cancelled);
    List<Repaired.Found> found = timed("search", mending::mend);
    tried += mending.tried();
    plausible += found.size();
    return found.isEmpty()
        ? ended(Repaired.End.NOT_REPAIRED, List.of(), reason)
        : ended(Repaired.End.REPAIRED, found, "");
  }

  private Repaired ended(Repaired.End end, List<Repaired.Found> found, String reason) {
    return new Repaired(
        end,
        found,
        reason,
        failing,
        unstable,
        outside,
        notes,
        seconds,
        tried,
        plausible,
        budget.used(),
        cpu.used());
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private <T> T timed(String phase, Step<T> step) throws IOException {
    long start = System.nanoTime();
    try {
      return step.take();
    } finally {
      seconds.merge(phase, (System.nanoTime() - start) / 1e9, Double::sum);
    }
  }
}
