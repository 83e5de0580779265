package dev.fettle.cli.repair;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.sandbox.ProjectTests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a project's failing tests: runs its tests, those that likely fail first, then runs the
 * failing ones twice more. What does not fail every time is named and left out.
 */
final class FailingTests {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration SLOWEST = Duration.ofSeconds(20);
  private static final int SIDE_BY_SIDE = 12;
  private static final Pattern SLOW =
      Pattern.compile("Performance|Stress|Benchmark|Slow|Soak|LoadTest|Integration");
  private static final double FIRST = 0.35;

  /** With fewer seconds left a failing test would be found too late for a search. */
  private static final long LEAST = 10;

  private final ProjectTests tests;
  private final ProjectModel project;
  private final Budget budget;
  private final Progress progress;
  private final double firstShare;

  FailingTests(ProjectTests tests, ProjectModel project, Budget budget, Progress progress) {
    this(tests, project, budget, progress, FIRST);
  }

  /**
   * @param firstShare of the budget for a module's first run
   */
  FailingTests(
      ProjectTests tests,
      ProjectModel project,
      Budget budget,
      Progress progress,
      double firstShare) {
    this.firstShare = firstShare;
    this.tests = tests;
    this.project = project;
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * What was seen in one module.
   *
   * @param failing tests that failed in all three runs, in the framework's launcher too
   * @param unstable {@code class#method} of tests that failed in some runs
   * @param passing with the lines they ran
   * @param launcher test classes that only the launcher runs, and why
   * @param missing test classes that did not fit into the time
   */
  record Seen(
      ProjectModel.Module module,
      List<ProjectTests.OneTest> failing,
      List<String> unstable,
      List<ProjectTests.OneTest> passing,
      Map<String, String> launcher,
      List<String> missing) {
    boolean anyFailed() {
      return !failing.isEmpty() || !unstable.isEmpty();
    }

    /** This, then what was seen of the classes that had been missing. */
    Seen and(Seen later) {
      Map<String, String> reasons = new LinkedHashMap<>(launcher);
      reasons.putAll(later.launcher);
      return new Seen(
          module,
          joined(failing, later.failing),
          joined(unstable, later.unstable),
          joined(passing, later.passing),
          reasons,
          later.missing);
    }

    private static <T> List<T> joined(List<T> a, List<T> b) {
      List<T> all = new ArrayList<>(a);
      all.addAll(b);
      return all;
    }
  }

  /**
   * Runs the wanted tests, or all.
   *
   * @param wanted {@code class#method} or {@code class}; empty for all
   * @param hints test classes to run first
   */
  List<Seen> find(List<String> wanted, List<String> hints) throws IOException {
    List<Seen> seen = new ArrayList<>();
    Set<String> found = new LinkedHashSet<>();
    for (ProjectModel.Module module : project.modules()) {
      List<String> classes = ordered(tests.classes(module), wanted, hints);
      if (!classes.isEmpty()) {
        found.addAll(classes);
        Seen one = inModule(module, classes, wanted, budget.part(firstShare, 0.5));
        seen.add(one);
      }
    }
    goOn(seen, wanted);
    for (String test : wanted) {
      if (found.stream().noneMatch(c -> test.equals(c) || test.startsWith(c + "#"))) {
        throw new NoSuchTest(test);
      }
    }
    return seen;
  }

  /**
   * As long as nothing fails there is nothing else to do with the time: runs what did not fit, up
   * to the first module in which something fails.
   */
  private void goOn(List<Seen> seen, List<String> wanted) throws IOException {
    for (int i = 0; i < seen.size() && seen.stream().noneMatch(Seen::anyFailed); i++) {
      Seen one = seen.get(i);
      while (!one.missing().isEmpty() && !one.anyFailed() && budget.left().toSeconds() >= LEAST) {
        progress.note(
            "nothing failed yet; " + one.missing().size() + " test classes are still to be run");
        Seen more = inModule(one.module(), one.missing(), wanted, budget.part(0.25, 0.5));
        boolean stands = more.missing().size() == one.missing().size();
        one = one.and(more);
        seen.set(i, one);
        if (stands) {
          break;
        }
      }
    }
  }

  /** The project has no such test class. */
  static final class NoSuchTest extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchTest(String test) {
      super("no test " + test + " in the project; wanted Class or Class#method");
    }
  }

  /**
   * Wanted classes only; nested classes run with their outer ones. Hints first, and last what takes
   * long by its name.
   */
  private static List<String> ordered(
      List<String> classes, List<String> wanted, List<String> hints) {
    Set<String> outer =
        wanted.stream().map(w -> w.replaceAll("[#$].*", "")).collect(Collectors.toSet());
    return classes.stream()
        .filter(c -> outer.isEmpty() || outer.contains(c))
        .sorted(
            Comparator.<String, Boolean>comparing(c -> !hints.contains(c))
                .thenComparing(c -> SLOW.matcher(c).find()))
        .toList();
  }

  private Seen inModule(
      ProjectModel.Module module, List<String> classes, List<String> wanted, Duration most)
      throws IOException {
    ProjectTests.Ran first = firstRun(module, classes, most);
    List<ProjectTests.OneTest> failing =
        first.tests().stream().filter(t -> failed(t) && named(t, wanted)).toList();
    List<ProjectTests.OneTest> passing =
        first.tests().stream()
            .filter(t -> t.result().status() == TestResult.Status.PASSED)
            .toList();
    List<String> missing = classes.stream().filter(c -> !first.ended().contains(c)).toList();
    List<ProjectTests.OneTest> stable = new ArrayList<>();
    List<String> unstable = new ArrayList<>();
    if (!failing.isEmpty()) {
      again(module, failing, stable, unstable);
    }
    return new Seen(module, stable, unstable, passing, first.reasons(), missing);
  }

  private static boolean failed(ProjectTests.OneTest test) {
    return test.result().status() == TestResult.Status.FAILED;
  }

  private static boolean named(ProjectTests.OneTest test, List<String> wanted) {
    String name = test.result().name();
    return wanted.isEmpty()
        || wanted.stream()
            .anyMatch(
                w ->
                    name.equals(w)
                        || name.startsWith(w + "[")
                        || (!w.contains("#") && name.startsWith(w)));
  }

  /** With lines, directly where that is possible; two children where there is much to do. */
  private ProjectTests.Ran firstRun(ProjectModel.Module module, List<String> classes, Duration most)
      throws IOException {
    if (classes.size() < SIDE_BY_SIDE) {
      return tests.run(project, order(module, classes, most, false));
    }
    List<String> even = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      (i % 2 == 0 ? even : odd).add(classes.get(i));
    }
    CompletableFuture<ProjectTests.Ran> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return tests.run(project, order(module, odd, most, true));
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
    ProjectTests.Ran one = tests.run(project, order(module, even, most, false));
    try {
      return joined(one, other.join());
    } catch (CompletionException e) {
      progress.note("half of the tests could not be run: " + e.getCause());
      return one;
    }
  }

  private static ProjectTests.Ran joined(ProjectTests.Ran a, ProjectTests.Ran b) {
    List<ProjectTests.OneTest> all = new ArrayList<>(a.tests());
    all.addAll(b.tests());
    Set<String> ended = new LinkedHashSet<>(a.ended());
    ended.addAll(b.ended());
    Map<String, String> reasons = new LinkedHashMap<>(a.reasons());
    reasons.putAll(b.reasons());
    Map<String, Long> millis = new LinkedHashMap<>(a.millis());
    millis.putAll(b.millis());
    return new ProjectTests.Ran(all, ended, reasons, millis);
  }

  private static ProjectTests.Order order(
      ProjectModel.Module module, List<String> classes, Duration most, boolean own) {
    return new ProjectTests.Order(
        module,
        classes,
        List.of(),
        ProjectTests.Mode.DIRECT,
        true,
        limit(most),
        idle(most),
        most,
        own);
  }

  /** For one test: a search has no use for one that takes longer. */
  private static Duration limit(Duration most) {
    Duration limit = most.dividedBy(4);
    return limit.compareTo(SLOWEST) > 0 ? SLOWEST : limit;
  }

  private static Duration idle(Duration most) {
    Duration idle = most.dividedBy(2);
    return idle.compareTo(IDLE) > 0 ? IDLE : idle;
  }

  /**
   * Once more by the launcher and once more as before: all three must agree. Not what ran into a
   * time limit: to see that again takes the time that a repair needs.
   */
  private void again(
      ProjectModel.Module module,
      List<ProjectTests.OneTest> failing,
      List<ProjectTests.OneTest> stable,
      List<String> unstable)
      throws IOException {
    List<ProjectTests.OneTest> ended = failing.stream().filter(t -> !t.outOfTime()).toList();
    if (ended.size() < failing.size()) {
      progress.note(
          (failing.size() - ended.size()) + " tests ran into a time limit and were run once only");
      failing.stream().filter(ProjectTests.OneTest::outOfTime).forEach(stable::add);
    }
    if (!ended.isEmpty()) {
      endedAgain(module, ended, stable, unstable);
    }
  }

  private void endedAgain(
      ProjectModel.Module module,
      List<ProjectTests.OneTest> failing,
      List<ProjectTests.OneTest> stable,
      List<String> unstable)
      throws IOException {
    List<String> classes =
        failing.stream()
            .map(t -> t.result().className().replaceAll("\\$.*", ""))
            .distinct()
            .limit(40)
            .toList();
    Set<String> names = failing.stream().map(t -> t.result().name()).collect(Collectors.toSet());
    Duration most = budget.part(0.15, 0.25);
    Map<String, TestResult.@Nullable Status> launched = new LinkedHashMap<>();
    Map<String, TestResult.@Nullable Status> direct = new LinkedHashMap<>();
    run(module, classes, List.of(), ProjectTests.Mode.LAUNCHER, most, launched);
    run(module, classes, List.copyOf(names), ProjectTests.Mode.DIRECT, most, direct);
    List<ProjectTests.OneTest> once = new ArrayList<>();
    for (ProjectTests.OneTest test : failing) {
      String name = test.result().name();
      TestResult.Status byLauncher = worst(launched, name);
      TestResult.Status secondly = direct.get(name);
      if (byLauncher == TestResult.Status.PASSED || secondly == TestResult.Status.PASSED) {
        unstable.add(name);
      } else if (byLauncher == null && secondly == null) {
        once.add(test);
      } else {
        stable.add(test);
      }
    }
    stable.addAll(once);
    if (!once.isEmpty()) {
      progress.note(once.size() + " tests failed and were not run again for want of time");
    }
  }

  private void run(
      ProjectModel.Module module,
      List<String> classes,
      List<String> methods,
      ProjectTests.Mode mode,
      Duration most,
      Map<String, TestResult.@Nullable Status> into)
      throws IOException {
    ProjectTests.Order order =
        new ProjectTests.Order(
            module, classes, methods, mode, false, limit(most), idle(most), most, false);
    for (ProjectTests.OneTest test : tests.run(project, order).tests()) {
      into.put(test.result().name(), test.result().status());
    }
  }

  /** The launcher may number the runs of a method in another way. */
  private static TestResult.@Nullable Status worst(
      Map<String, TestResult.@Nullable Status> all, String name) {
    TestResult.Status exact = all.get(name);
    if (exact != null) {
      return exact;
    }
    String plain = name.replaceAll("\\[.*", "");
    TestResult.Status worst = null;
    for (Map.Entry<String, TestResult.@Nullable Status> entry : all.entrySet()) {
      if (entry.getKey().replaceAll("[\\[(].*", "").equals(plain)) {
        worst = worst == TestResult.Status.FAILED ? worst : entry.getValue();
      }
    }
    return worst;
  }
}
