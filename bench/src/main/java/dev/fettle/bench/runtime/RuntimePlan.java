package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the benchmark is to do.
 *
 * @param force the remedy to prefer wherever it fits; null for the chooser's choice
 * @param observations takes what every remedy led to; null when not wanted
 * @param resume whether items that the observations hold already are not run again
 * @param leaveOneOut observations to train a prior per problem from; null for the shipped prior
 * @param only ids of items to run; empty for all
 * @param alone without baselines and extra tests
 * @param model chooses the remedies with the healer {@code model}; null with the others
 * @param timed whether times are told
 */
public record RuntimePlan(
    Path data,
    String healer,
    @Nullable Double threshold,
    @Nullable String force,
    boolean exhaust,
    @Nullable Path observations,
    boolean resume,
    @Nullable Path leaveOneOut,
    List<String> only,
    int limit,
    boolean alone,
    int workers,
    String java,
    Path agent,
    @Nullable ModelHealing model,
    boolean timed) {

  public RuntimePlan {
    if (!HealerSetting.HEALERS.contains(healer) && model == null) {
      throw BenchFailure.usage(
          "no healer " + healer + "; there are: " + String.join(", ", HealerSetting.HEALERS));
    }
    if (exhaust && !healer.equals("typed")) {
      throw BenchFailure.usage("--exhaust goes with --healer typed");
    }
    if (force != null && !healer.equals("typed")) {
      throw BenchFailure.usage("--force goes with --healer typed");
    }
    if (force != null && exhaust) {
      throw BenchFailure.usage("--exhaust forces every remedy; leave out --force");
    }
    Set<String> remedies = force == null ? Set.of() : ShippedRemedies.of(agent);
    if (force != null && !remedies.contains(force)) {
      throw BenchFailure.usage(
          "no remedy " + force + "; there are: " + String.join(", ", remedies));
    }
    only = List.copyOf(only);
  }

  /** Trains a prior on all observations; returns what to tell. */
  public static List<String> train(Path observations, Path prior) {
    PriorTraining training = new PriorTraining(Observation.read(observations));
    write(prior, training.prior(p -> true));
    return training.describe();
  }

  /** Carries it out. Takes a temporary folder, and leaves none however it ends. */
  public RuntimeReport run(Consumer<String> progress) {
    List<RuntimeItem> items = items();
    Path folder = temporary();
    try (ProgramCompiler compiler = new ProgramCompiler(folder.resolve("classes"))) {
      ItemRunner runner = new ItemRunner(java, agent, folder, compiler, ItemRunner.LIMIT);
      return run(items, new RuntimeBenchmark(runner, workers, progress), folder);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot close the compiler: " + e.getMessage());
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot clean up " + folder + ": " + e.getMessage());
    }
  }

  private RuntimeReport run(List<RuntimeItem> items, RuntimeBenchmark benchmark, Path folder) {
    HealerSetting setting =
        new HealerSetting(model == null ? healer : "typed", threshold, force, null);
    List<Attempt> attempts =
        model == null
            ? benchmark.attempts(items, settings(items, setting, folder), !alone)
            : attempts(items, model, benchmark, folder);
    Integer ceiling = null;
    if (exhaust) {
      ceiling = Observation.correctItems(exhaust(benchmark, attempts, setting));
    }
    Map<String, Tally> baselines = alone ? Map.of() : benchmark.baselines(items);
    return new RuntimeReport(
        attempts,
        ceiling,
        healer,
        threshold,
        model == null ? setting.rung() : model.rung(),
        baselines,
        timed);
  }

  private List<Attempt> attempts(
      List<RuntimeItem> items, ModelHealing healing, RuntimeBenchmark benchmark, Path folder) {
    try (SnippetForge forge = new SnippetForge(folder)) {
      return benchmark.attempts(items, healing, forge, !alone);
    }
  }

  /** What all items showed, those included that an earlier run had written down. */
  private List<Observation> exhaust(
      RuntimeBenchmark benchmark, List<Attempt> attempts, HealerSetting setting) {
    Path file = observations;
    if (file == null) {
      return benchmark.exhaust(attempts, setting, ofItem -> {});
    }
    if (!resume) {
      write(file, List.of());
    }
    List<Observation> all = new ArrayList<>(resume ? Observation.read(file) : List.of());
    Set<String> known = all.stream().map(Observation::item).collect(Collectors.toSet());
    List<Attempt> open = attempts.stream().filter(a -> !known.contains(a.item().id())).toList();
    Object guard = new Object();
    all.addAll(
        benchmark.exhaust(
            open,
            setting,
            ofItem -> {
              synchronized (guard) {
                Observation.append(ofItem, file);
              }
            }));
    return all;
  }

  private Function<RuntimeItem, HealerSetting> settings(
      List<RuntimeItem> items, HealerSetting setting, Path folder) {
    if (leaveOneOut == null) {
      return item -> setting;
    }
    PriorTraining training = new PriorTraining(Observation.read(leaveOneOut));
    Map<String, Path> priors = new HashMap<>();
    for (RuntimeItem item : items) {
      priors.computeIfAbsent(
          item.problem(),
          problem ->
              write(
                  folder.resolve("prior-" + priors.size() + ".txt"),
                  training.prior(other -> !other.equals(problem))));
    }
    return item -> setting.with(priors.get(item.problem()));
  }

  private List<RuntimeItem> items() {
    List<RuntimeItem> items =
        RuntimeItem.read(data).stream()
            .filter(item -> only.isEmpty() || only.contains(item.id()))
            .limit(limit)
            .toList();
    if (items.isEmpty()) {
      throw BenchFailure.usage(data + " holds no item " + String.join(", ", only));
    }
    return items;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("fettle-bench-");
    } catch (IOException e) {
      throw BenchFailure.broken("no temporary folder: " + e.getMessage());
    }
  }

  private static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + file + ": " + e.getMessage());
    }
  }
}
