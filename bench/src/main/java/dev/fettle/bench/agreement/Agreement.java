package dev.fettle.bench.agreement;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.build.OwnBuild;
import dev.fettle.sandbox.build.OwnBuild.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a project's tests by its own build and by warm direct calls, several times each. */
public final class Agreement {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Sandbox sandbox;
  private final int runs;

  /**
   * @param runs of each, at least 1
   */
  public Agreement(Sandbox sandbox, int runs) {
    this.sandbox = sandbox;
    this.runs = runs;
  }

  /**
   * What a project's tests did.
   *
   * @param methods test methods that the build or the laboratory ran
   * @param agreed of those, the ones with the same verdict in every run, direct calls where they
   *     are taken
   * @param direct of the methods, those that direct calls run after all
   * @param launcher test classes that the launcher runs, and why
   * @param differences for people: {@code method: build says ..., laboratory says ...}
   */
  public record Outcome(
      int methods,
      int agreed,
      int direct,
      Map<String, String> launcher,
      List<String> differences) {}

  /**
   * Compares one project.
   *
   * @throws IOException when the project cannot be built or run
   */
  public Outcome of(SourceTree tree) throws IOException {
    ProjectReader.Reading reading = sandbox.reader().read(tree);
    if (!(reading instanceof ProjectReader.Reading.Read read)) {
      throw new IOException(((ProjectReader.Reading.Unreadable) reading).reason());
    }
    ProjectModel project = read.project();
    List<Verdicts> build = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      OwnBuild.Ended ended =
          sandbox
              .ownBuild()
              .test(tree, project, new OwnBuild.Run(Map.of(), Optional.empty(), List.of(), BUILD));
      if (!ended.compiled()) {
        throw new IOException("the build fails: " + ended.detail());
      }
      build.add(Verdicts.ofBuild(ended.tests()));
    }
    Map<String, String> launcher = new TreeMap<>();
    List<Verdicts> lab = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      lab.add(run(project, ProjectTests.Mode.DIRECT, Set.of(), launcher));
    }
    Set<String> disagreeing = new TreeSet<>();
    for (String method : differing(build, lab)) {
      disagreeing.add(Verdicts.classOf(method));
    }
    disagreeing.forEach(c -> launcher.putIfAbsent(c, "direct calls disagree with the build"));
    if (!disagreeing.isEmpty()) {
      for (int i = 0; i < runs; i++) {
        Verdicts again = run(project, ProjectTests.Mode.LAUNCHER, disagreeing, new TreeMap<>());
        Map<String, Verdict> merged = new TreeMap<>(lab.get(i).byMethod());
        merged.keySet().removeIf(m -> disagreeing.contains(Verdicts.classOf(m)));
        merged.putAll(again.byMethod());
        lab.set(i, new Verdicts(merged));
      }
    }
    return outcome(build, lab, launcher);
  }

  /** All modules; a child of its own, warm for all its classes, and a fresh loader. */
  private Verdicts run(
      ProjectModel project, ProjectTests.Mode mode, Set<String> only, Map<String, String> launcher)
      throws IOException {
    Map<String, Verdict> all = new TreeMap<>();
    for (ProjectModel.Module module : project.modules()) {
      List<String> classes =
          sandbox.tests().classes(module).stream()
              .filter(c -> only.isEmpty() || only.contains(c))
              .toList();
      if (!classes.isEmpty()) {
        ProjectTests.Ran ran =
            sandbox
                .tests()
                .run(
                    project,
                    new ProjectTests.Order(
                        module,
                        classes,
                        List.of(),
                        mode,
                        false,
                        Duration.ZERO,
                        IDLE,
                        BUILD,
                        false));
        launcher.putAll(ran.reasons());
        all.putAll(Verdicts.ofLab(ran).byMethod());
      }
    }
    return new Verdicts(all);
  }

  private static Set<String> methods(List<Verdicts> build, List<Verdicts> lab) {
    Set<String> methods = new TreeSet<>();
    build.forEach(v -> methods.addAll(v.byMethod().keySet()));
    lab.forEach(v -> methods.addAll(v.byMethod().keySet()));
    return methods;
  }

  private static Set<String> differing(List<Verdicts> build, List<Verdicts> lab) {
    Set<String> differing = methods(build, lab);
    differing.removeIf(m -> said(build, m).size() == 1 && said(build, m).equals(said(lab, m)));
    return differing;
  }

  private static Set<String> said(List<Verdicts> runs, String method) {
    Set<String> said = new TreeSet<>();
    for (Verdicts run : runs) {
      Verdict verdict = run.byMethod().get(method);
      said.add(verdict == null ? "nothing" : verdict.name());
    }
    return said;
  }

  static Outcome outcome(List<Verdicts> build, List<Verdicts> lab, Map<String, String> launcher) {
    Set<String> methods = methods(build, lab);
    List<String> differences = new ArrayList<>();
    for (String method : differing(build, lab)) {
      differences.add(
          method
              + ": the build says "
              + String.join("/", said(build, method))
              + ", the laboratory says "
              + String.join("/", said(lab, method)));
    }
    int direct =
        (int) methods.stream().filter(m -> !launcher.containsKey(Verdicts.classOf(m))).count();
    return new Outcome(
        methods.size(), methods.size() - differences.size(), direct, launcher, differences);
  }
}
