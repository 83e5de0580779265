package dev.fettle.bench.repair;

import com.sun.management.OperatingSystemMXBean;
import dev.fettle.bench.confidence.JudgedPatch;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.search.OperatorPrior;
import dev.fettle.search.RankedPatch;
import dev.fettle.search.SearchEngine;
import dev.fettle.search.SearchReport;
import dev.fettle.search.SearchTask;
import dev.fettle.search.Suggestions;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Repairs items one after the other. The engine sees source and visible tests, nothing else. */
public final class DataRun implements Repairer {
  static final String PATH = "Solution.java";
  private static final int PATCHES = 5;

  private final CandidateLaboratory laboratory;
  private final JavaSources sources = new JavaSources();
  private final Path directory;
  private final Path javaHome;
  private final Budget budget;
  private final Function<Item, OperatorPrior> prior;
  private final boolean recording;

  /**
   * What a repair may take.
   *
   * @param cpu of the search and its laboratory
   * @param candidates to judge; when limited, time is not looked at and runs repeat exactly
   */
  public record Budget(Duration cpu, long candidates) {
    /** Time only. */
    public static Budget of(Duration cpu) {
      return new Budget(cpu, Long.MAX_VALUE);
    }

    boolean timed() {
      return candidates == Long.MAX_VALUE;
    }
  }

  /**
   * @param directory an empty one, which stands for the project's
   * @param prior for an item: one that may have been learned from others
   * @param recording whether every patch that passes is judged by the hidden tests, not only those
   *     down to the first right one
   */
  public DataRun(
      CandidateLaboratory laboratory,
      Path directory,
      Path javaHome,
      Budget budget,
      Function<Item, OperatorPrior> prior,
      boolean recording) {
    this.laboratory = laboratory;
    this.directory = directory;
    this.javaHome = javaHome;
    this.budget = budget;
    this.prior = prior;
    this.recording = recording;
  }

  /** One that judges patches down to the first right one. */
  public DataRun(
      CandidateLaboratory laboratory,
      Path directory,
      Path javaHome,
      Budget budget,
      Function<Item, OperatorPrior> prior) {
    this(laboratory, directory, javaHome, budget, prior, false);
  }

  @Override
  public Outcome repair(Item item) {
    return repair(item, Suggestions.none());
  }

  /** The same with what others suggest. */
  Outcome repair(Item item, Suggestions suggestions) {
    TrialProgram program = program(item.source(), List.copyOf(item.visible()));
    JavaProject project =
        sources.project(new ItemTree(item.id(), directory, PATH, item.source()), program.project());
    long begin = System.nanoTime();
    long cpu = cpu();
    long[] first = {-1};
    SearchEngine engine =
        new SearchEngine(
            laboratory, prior.apply(item), bench -> budget.timed() ? cpu() + bench.cpuNanos() : 0);
    SearchReport report =
        engine.search(
            new SearchTask(
                project,
                program,
                List.of(),
                budget.cpu(),
                budget.candidates(),
                1,
                PATCHES,
                () -> false,
                suggestions),
            (phase, tried, plausible, spent) -> {
              if (plausible > 0 && first[0] < 0) {
                first[0] = (System.nanoTime() - begin) / 1_000_000;
              }
            });
    long wall = (System.nanoTime() - begin) / 1_000_000;
    long spent = Math.max(report.spentNanos(), cpu() - cpu);
    int rank = 0;
    List<String> patches = new ArrayList<>();
    List<JudgedPatch> judged = new ArrayList<>();
    boolean same = false;
    for (RankedPatch patch : report.patches()) {
      String patched = patch.candidate().patch().apply(PATH, item.source());
      if (patches.isEmpty()) {
        same = new Normalized().same(patched, item.solution());
      }
      patches.add(
          patch.candidate().generator() + ": " + text(patch.candidate().patch(), item.source()));
      boolean right = (rank == 0 || recording) && passes(patched, item.hidden());
      judged.add(
          new JudgedPatch(
              item.id(),
              item.problem(),
              patch.candidate().generator(),
              patches.size(),
              right,
              patch.candidate().features()));
      if (rank == 0 && right) {
        rank = patches.size();
      }
    }
    return new Outcome(
        item,
        !patches.isEmpty(),
        rank == 1,
        rank,
        first[0],
        wall,
        spent,
        report.tried(),
        report.refused(),
        report.plausible(),
        same,
        patches,
        report.note().isEmpty()
            ? String.format(
                java.util.Locale.ROOT,
                "compile=%.1fs run=%.1fs lost=%d places=%d/%d",
                report.laboratory().compileNanos() / 1e9,
                report.laboratory().runNanos() / 1e9,
                report.laboratory().lost(),
                report.synthesis().turned(),
                report.synthesis().places())
            : report.note(),
        recording ? judged : List.of());
  }

  static String text(Patch patch, String source) {
    StringBuilder text = new StringBuilder();
    for (Replacement r : patch.replacements()) {
      int line = (int) source.substring(0, r.start()).chars().filter(c -> c == '\n').count() + 1;
      text.append(text.isEmpty() ? "" : " ; ")
          .append(line)
          .append(": `")
          .append(r.expected())
          .append("` -> `")
          .append(r.text())
          .append('`');
    }
    return text.toString();
  }

  boolean passes(String source, List<TrialTest.MainOutput> tests) {
    if (tests.isEmpty()) {
      return false;
    }
    try (CandidateBench bench = laboratory.open(program(source, List.copyOf(tests)))) {
      return bench.baseline().runs().stream().allMatch(r -> r.end() == TrialBaseline.End.PASSED);
    } catch (CandidateBench.Unusable e) {
      return false;
    }
  }

  /** How each test ends with a source; empty when the source does not compile. */
  List<TrialBaseline.Run> runs(String source, List<TrialTest.MainOutput> tests) {
    try (CandidateBench bench = laboratory.open(program(source, List.copyOf(tests)))) {
      return bench.baseline().runs();
    } catch (CandidateBench.Unusable e) {
      return List.of();
    }
  }

  SourceTree tree(Item item) {
    return new ItemTree(item.id(), directory, PATH, item.source());
  }

  ProjectModel project() {
    return program("class Solution {}", List.of(new TrialTest.MainOutput("none", "Main", "", "")))
        .project();
  }

  private TrialProgram program(String source, List<TrialTest> tests) {
    ProjectModel.Module module =
        new ProjectModel.Module(
            "item",
            "",
            List.of(),
            List.of(),
            directory.resolve("classes"),
            directory.resolve("test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            ProjectModel.TestSettings.defaults());
    ProjectModel project =
        new ProjectModel(directory, ProjectModel.BuildTool.PLAIN, javaHome, List.of(module));
    return new TrialProgram(project, module, Map.of(PATH, source), tests);
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : System.nanoTime();
  }
}
