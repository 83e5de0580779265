package dev.fettle.cli.repair;

import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.LogOdds;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.engine.confidence.ConfidenceModel;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.build.OwnBuild;
import dev.fettle.search.RankedPatch;
import dev.fettle.source.check.CallerEffects;
import dev.fettle.source.java.JavaProject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proves patches in their order: the project's javac compiles them, every known test that enters a
 * changed class runs by the framework's launcher, and then the project's own build runs on a copy,
 * in a fresh process.
 */
final class Confirming {
  /** Log-odds of a patch that the search could not compare with its own: set, not learned. */
  private static final double UNCOMPARED = -2.9;

  private static final int CLASSES = 60;

  /** Test classes that fail and are repaired apart. */
  private static final int OTHERS = 10;

  private final Sandbox sandbox;
  private final SourceTree tree;
  private final JavaProject sources;
  private final ProjectModel project;
  private final Search.Target target;
  private final Set<String> allFailing;
  private final Map<String, Double> worth;
  private final Budget budget;
  private final Progress progress;
  private final ConfidenceModel learned = ConfidenceModel.bundled();
  private Duration lastBuild = Duration.ZERO;

  /**
   * A patch that held.
   *
   * @param repaired how many of the module's failing tests pass with it
   * @param worth the same, each test counted by how likely it fails for the code
   */
  record Held(Repaired.Found found, int repaired, double worth) {}

  /**
   * @param allFailing tests of the target's module, also those that are repaired apart, with how
   *     likely each fails for the code, in [0, 1]
   */
  Confirming(
      Sandbox sandbox,
      SourceTree tree,
      JavaProject sources,
      Search.Target target,
      IdentityHashMap<ProjectTests.OneTest, Double> allFailing,
      Budget budget,
      Progress progress) {
    this.sandbox = sandbox;
    this.tree = tree;
    this.sources = sources;
    this.project = sources.model();
    this.target = target;
    this.allFailing = names(allFailing.keySet());
    this.worth = new HashMap<>();
    allFailing.forEach((test, one) -> worth.put(plain(test.result().name()), one));
    this.budget = budget;
    this.progress = progress;
  }

  /**
   * Adds what holds to {@code found}, at most {@code most}, and what the build refuses, in words,
   * to {@code refused}. Without time for the build a patch that held in the laboratory is kept.
   */
  void confirm(List<RankedPatch> ranked, int most, List<Held> found, List<String> refused)
      throws IOException {
    int before = found.size();
    for (RankedPatch patch : ranked) {
      if (found.size() - before >= most) {
        return;
      }
      Map<String, byte[]> changes = PatchTexts.changes(tree, patch.candidate().patch());
      InLab inLab = budget.left().isZero() ? InLab.UNKNOWN : inLab(patch);
      if (inLab.refusal().isPresent()) {
        refuse(patch, inLab.refusal().get(), refused);
        continue;
      }
      boolean first =
          found.subList(before, found.size()).stream()
              .noneMatch(f -> f.found().confirmed() == Repaired.Confirmed.YES);
      Asked asked =
          first
              ? build(changes)
              : Asked.not("passed in the laboratory; the build was asked about patch 1 only");
      if (asked.refusal().isPresent()) {
        refuse(patch, asked.refusal().get(), refused);
        continue;
      }
      Repaired.Found one =
          new Repaired.Found(
              changes,
              PatchTexts.diff(tree, changes),
              patch.candidate().generator(),
              rootCause(patch),
              patch.candidate().rationale(),
              CallerEffects.of(sources, tree, patch.candidate().patch()),
              evidence(patch, inLab.repaired().size()),
              patch.distinguishingInput().orElse(null),
              confidence(patch),
              asked.confirmed(),
              asked.detail());
      Set<String> repaired = new HashSet<>(names(target.failing()));
      repaired.addAll(inLab.repaired());
      found.add(
          new Held(
              one,
              repaired.size(),
              repaired.stream().mapToDouble(t -> worth.getOrDefault(t, 1.0)).sum()));
      progress.note("patch " + found.size() + ": " + patch.candidate().rationale());
    }
  }

  private void refuse(RankedPatch patch, String why, List<String> refused) {
    String note = "refused: " + patch.candidate().rationale() + " (" + why + ")";
    refused.add(note);
    progress.note(note);
  }

  /** Why the patch is believed, in sentences: the tests, the place, then what the search knows. */
  private List<String> evidence(RankedPatch patch, int repaired) {
    Set<String> paths = patch.candidate().patch().paths();
    List<String> evidence = new ArrayList<>();
    List<String> failing = target.failing().stream().map(t -> t.result().name()).toList();
    evidence.add(
        failing.size() == 1
            ? failing.get(0) + " failed every time and passes with it."
            : failing.size()
                + " tests failed every time and pass with it, "
                + failing.get(0)
                + " first.");
    long entering =
        target.passing().stream()
            .filter(t -> t.lines().keySet().stream().anyMatch(c -> inside(c, paths)))
            .count();
    evidence.add(
        entering == 0
            ? "No passing test enters the changed file: nothing but the failing tests speaks for"
                + " it."
            : entering + " passing tests enter the changed file; those that were run still pass.");
    int others = allFailing.size() - Math.max(repaired, names(target.failing()).size());
    if (others > 0) {
      evidence.add(others + " other failing tests still fail with it or were not run.");
    }
    place(patch).ifPresent(evidence::add);
    evidence.addAll(patch.evidence());
    return evidence;
  }

  /** What the changed place computes and should not, as far as the first edit tells. */
  private String rootCause(RankedPatch patch) {
    Replacement first = patch.candidate().patch().replacements().get(0);
    String text = tree.text(first.path()).orElse("");
    int line = 1 + (int) text.chars().limit(first.start()).filter(c -> c == '\n').count();
    String place = "line " + line + " of " + first.path();
    return first.expected().isBlank()
        ? place + " lacks `" + cut(first.text()) + "`, as far as the failing tests tell"
        : place + " has `" + cut(first.expected()) + "` where the failing tests want another";
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 80) + "...";
  }

  /** How suspicious the changed line was before anything was tried. */
  private Optional<String> place(RankedPatch patch) {
    List<Localization.Suspicion> suspects = target.suspects();
    for (Replacement edit : patch.candidate().patch().replacements()) {
      String text = tree.text(edit.path()).orElse("");
      int line = 1 + (int) text.chars().limit(edit.start()).filter(c -> c == '\n').count();
      for (int i = 0; i < suspects.size(); i++) {
        Localization.Suspicion suspect = suspects.get(i);
        if (suspect.path().equals(edit.path()) && suspect.line() == line) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "Line %d was suspect %d of %d (%.2f) by the lines that failing and passing tests"
                      + " run.",
                  line,
                  i + 1,
                  suspects.size(),
                  suspect.score()));
        }
      }
    }
    return Optional.empty();
  }

  /** By what was measured of it; a fixed number where the search could not compare it. */
  private Confidence confidence(RankedPatch patch) {
    Optional<LogOdds> odds = learned.explain(patch.candidate());
    return odds.isPresent()
        ? Confidence.explained(odds.get(), List.of())
        : Confidence.explained(
            LogOdds.assumed(UNCOMPARED, List.of()),
            List.of("a fixed number: the search could not compare it with its own"));
  }

  /** What fails with a patch, if anything does, and which failing tests no longer do. */
  private record InLab(Optional<String> refusal, Set<String> repaired) {
    static final InLab UNKNOWN = new InLab(Optional.empty(), Set.of());

    static InLab refused(String why) {
      return new InLab(Optional.of(why), Set.of());
    }
  }

  private InLab inLab(RankedPatch patch) {
    Patch edits = patch.candidate().patch();
    List<NewFile> files = new ArrayList<>();
    for (String path : edits.paths()) {
      String before = tree.text(path).orElse("");
      files.add(new NewFile(path, edits.apply(path, before)));
    }
    List<String> classes = affected(edits.paths());
    Duration most = budget.part(0.15, 0.5);
    LabReport report =
        sandbox
            .laboratory()
            .run(
                new LabJob(
                    project,
                    Optional.empty(),
                    files,
                    new LabJob.Selection.Classes(target.module().directory(), classes),
                    most));
    if (report instanceof LabReport.NotCompiled refusal) {
      return InLab.refused("javac: " + refusal.diagnostics().lines().findFirst().orElse(""));
    } else if (report instanceof LabReport.Ran ran) {
      Set<String> passing = names(target.passing());
      Set<String> failing = names(target.failing());
      Set<String> repaired = new HashSet<>();
      ran.results().forEach(r -> repaired.add(plain(r.name())));
      repaired.retainAll(allFailing);
      for (TestResult result : ran.failures()) {
        String name = plain(result.name());
        if (passing.contains(name) || failing.contains(name)) {
          return InLab.refused(result.name() + " fails");
        }
        repaired.remove(name);
      }
      return new InLab(Optional.empty(), Set.copyOf(repaired));
    }
    return InLab.UNKNOWN;
  }

  /** Whether all failing tests of the module pass with one of them. */
  boolean anyRepairsAll(List<Held> found) {
    return found.stream().anyMatch(f -> f.repaired() >= allFailing.size());
  }

  private static Set<String> names(Collection<ProjectTests.OneTest> tests) {
    return tests.stream().map(t -> plain(t.result().name())).collect(Collectors.toSet());
  }

  /** Without the number of a parameterized run, which launchers give in their own ways. */
  private static String plain(String name) {
    return name.replaceAll("[\\[({ ].*", "");
  }

  /**
   * Test classes of the failing tests, then those that ran lines of the changed files, quick first.
   */
  private List<String> affected(Set<String> paths) {
    Set<String> classes = new LinkedHashSet<>();
    target.failing().forEach(t -> classes.add(outer(t)));
    allFailing.stream()
        .map(name -> name.replaceAll("[#$].*", ""))
        .distinct()
        .limit(OTHERS)
        .forEach(classes::add);
    Map<String, Long> nanos = new LinkedHashMap<>();
    Set<String> entering = new HashSet<>();
    for (ProjectTests.OneTest test : target.passing()) {
      nanos.merge(outer(test), test.nanos(), Long::sum);
      if (test.lines().keySet().stream().anyMatch(c -> inside(c, paths))) {
        entering.add(outer(test));
      }
    }
    entering.stream()
        .sorted(Comparator.comparing(c -> nanos.getOrDefault(c, 0L)))
        .limit(CLASSES)
        .forEach(classes::add);
    return List.copyOf(classes);
  }

  private static boolean inside(String className, Set<String> paths) {
    String file = "/" + className.replaceAll("\\$.*", "").replace('.', '/') + ".java";
    return paths.stream().anyMatch(p -> ("/" + p).endsWith(file));
  }

  private static String outer(ProjectTests.OneTest test) {
    return test.result().className().replaceAll("\\$.*", "");
  }

  private record Asked(Repaired.Confirmed confirmed, String detail, Optional<String> refusal) {
    static Asked not(String why) {
      return new Asked(Repaired.Confirmed.NOT_ASKED, why, Optional.empty());
    }
  }

  private Asked build(Map<String, byte[]> changes) throws IOException {
    if (project.tool() != ProjectModel.BuildTool.MAVEN) {
      return Asked.not("compiled by javac, tests run by the launcher; there is no Maven build");
    }
    Duration left = budget.left();
    if (left.compareTo(lastBuild) < 0 || left.toSeconds() < 5) {
      return Asked.not("passed in the laboratory; no time was left for the project's own build");
    }
    List<String> classes = affected(changes.keySet()).stream().limit(CLASSES / 2).toList();
    long start = System.nanoTime();
    OwnBuild.Ended ended =
        sandbox
            .ownBuild()
            .test(
                tree,
                project,
                new OwnBuild.Run(changes, Optional.of(target.module()), classes, left));
    lastBuild = Duration.ofNanos(System.nanoTime() - start);
    if (!ended.inTime()) {
      return Asked.not("passed in the laboratory; the project's own build took too long");
    } else if (ended.tests().isEmpty()) {
      return ended.detail().contains("COMPILATION") || ended.detail().contains(".java")
          ? new Asked(Repaired.Confirmed.NOT_ASKED, "", Optional.of("the build: " + ended.detail()))
          : Asked.not("the project's own build could not run: " + ended.detail());
    }
    return judged(ended);
  }

  private Asked judged(OwnBuild.Ended ended) {
    Set<String> passing = names(target.passing());
    Set<String> failing = names(target.failing());
    Set<String> broken = new TreeSet<>();
    int passed = 0;
    for (Map.Entry<String, OwnBuild.Verdict> test : ended.tests().entrySet()) {
      String name = plain(test.getKey());
      if (test.getValue() == OwnBuild.Verdict.PASSED) {
        passed++;
      } else if (test.getValue() == OwnBuild.Verdict.FAILED
          && (passing.contains(name) || failing.contains(name))) {
        broken.add(name);
      }
    }
    return broken.isEmpty()
        ? new Asked(
            Repaired.Confirmed.YES,
            "the project's own build passes " + passed + " tests with it",
            Optional.empty())
        : new Asked(
            Repaired.Confirmed.NOT_ASKED,
            "",
            Optional.of("the build: " + String.join(", ", broken) + " fails"));
  }
}
