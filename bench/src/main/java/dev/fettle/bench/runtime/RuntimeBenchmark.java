package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs all items under a healer and under those it is compared with. */
final class RuntimeBenchmark {
  static final List<String> BASELINES = List.of("none", "retry", "steamroller");

  private final ItemRunner runner;
  private final int workers;
  private final Consumer<String> progress;

  /**
   * @param workers items run at the same time, at least 1
   * @param progress takes one line at a time, for people; from any thread
   */
  RuntimeBenchmark(ItemRunner runner, int workers, Consumer<String> progress) {
    this.runner = runner;
    this.workers = workers;
    this.progress = progress;
  }

  /**
   * Every item once.
   *
   * @param setting of each item
   */
  List<Attempt> attempts(
      List<RuntimeItem> items, Function<RuntimeItem, HealerSetting> setting, boolean extraTests) {
    return inParallel(
        items,
        item -> {
          Attempt attempt = runner.run(item, setting.apply(item), extraTests);
          progress.accept(describe(attempt));
          return attempt;
        });
  }

  /** Every item once, healed as a language model says. */
  List<Attempt> attempts(
      List<RuntimeItem> items, ModelHealing healing, SnippetForge forge, boolean extraTests) {
    return inParallel(
        items,
        item -> {
          Attempt attempt = healing.attempt(runner, forge, item, extraTests, progress);
          progress.accept(describe(attempt));
          return attempt;
        });
  }

  /** The baselines' counts; none of them learns or generalizes. */
  Map<String, Tally> baselines(List<RuntimeItem> items) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (String healer : BASELINES) {
      Tally tally =
          Tally.of(
              inParallel(items, item -> runner.run(item, HealerSetting.baseline(healer), false)));
      progress.accept(healer + ": " + tally.line());
      tallies.put(healer, tally);
    }
    return tallies;
  }

  /**
   * Runs every item once per remedy that was on offer in any of its runs, each time with that
   * remedy forced where it can be applied.
   *
   * @param free the runs in which the chooser chose; they count too
   * @param found takes what was seen of an item as soon as that is complete; from any thread
   */
  List<Observation> exhaust(
      List<Attempt> free, HealerSetting setting, Consumer<List<Observation>> found) {
    return inParallel(
            free,
            attempt -> {
              List<Observation> ofItem = exhaust(attempt, setting);
              found.accept(ofItem);
              return ofItem;
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Observation> exhaust(Attempt free, HealerSetting setting) {
    List<Observation> found = new ArrayList<>(Observation.of(free));
    Set<String> open = new LinkedHashSet<>(offered(free));
    Set<String> tried = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String remedy = open.iterator().next();
      open.remove(remedy);
      tried.add(remedy);
      Attempt forced = runner.run(free.item(), setting.forcing(remedy), false);
      found.addAll(Observation.of(forced));
      offered(forced).stream().filter(r -> !tried.contains(r)).forEach(open::add);
    }
    progress.accept(free.item().id() + ": " + tried.size() + " remedies tried");
    return found;
  }

  private static Set<String> offered(Attempt attempt) {
    Set<String> offered = new LinkedHashSet<>();
    attempt.journal().decisions().forEach(d -> offered.addAll(d.offered()));
    return offered;
  }

  private static String describe(Attempt attempt) {
    StringBuilder line = new StringBuilder(attempt.item().id());
    line.append(' ').append(attempt.outcome());
    attempt.journal().decisions().stream()
        .limit(1)
        .forEach(d -> line.append(String.format(Locale.ROOT, " %.2f", d.confidence())));
    String last = "";
    int applied = 0;
    for (AppliedHeals.Heal heal : attempt.applied().heals()) {
      String what = heal.remedy() + "@" + heal.site();
      if (applied < 6 && !what.equals(last)) {
        line.append("  ").append(what);
        applied++;
      }
      last = what;
    }
    if (attempt.outcome() == Outcome.FAIL) {
      line.append("  ").append(attempt.run().exitCode() < 0 ? "out of time" : cause(attempt.run()));
    }
    return line.toString();
  }

  private static String cause(ProgramRun run) {
    return run.errors()
        .lines()
        .filter(l -> l.startsWith("Exception in thread"))
        .reduce((first, second) -> second)
        .orElse("code " + run.exitCode());
  }

  private <T, R> List<R> inParallel(List<T> work, Function<T, R> task) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T each : work) {
        futures.add(pool.submit(() -> task.apply(each)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BenchFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    } finally {
      pool.shutdownNow();
    }
  }
}
