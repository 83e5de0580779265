package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs items in child JVMs of their own, under the real agent. Thread-safe. */
final class ItemRunner {
  /** What the benchmark gives a child. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** Short lives: what starts fast wins. */
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx384m");

  private final String java;
  private final Path agent;
  private final Path folder;
  private final ProgramCompiler compiler;
  private final Duration limit;
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * @param folder takes what the children write
   * @param limit of a child's wall time, its start included
   */
  ItemRunner(String java, Path agent, Path folder, ProgramCompiler compiler, Duration limit) {
    this.java = java;
    this.agent = agent;
    this.folder = folder;
    this.compiler = compiler;
    this.limit = limit;
  }

  /**
   * Runs an item once, with nothing learned before.
   *
   * @param extraTests whether a correct run is followed by the extra tests, each in a fresh JVM
   *     that starts from what this run learned and learns nothing more
   */
  Attempt run(RuntimeItem item, HealerSetting setting, boolean extraTests) {
    Path state = freshFolder();
    Path journal = state.resolve("decisions.jsonl");
    ProgramRun run = child(item, item.source(), item.id(), setting, state, false, journal);
    Outcome outcome = run.score(item.expectedOutput());
    DecisionJournal decisions = DecisionJournal.read(journal);
    AppliedHeals applied = AppliedHeals.read(HealerSetting.applied(journal));
    boolean examined = extraTests && outcome == Outcome.CORRECT && !item.extraTests().isEmpty();
    Boolean generalizes =
        examined
            ? item.extraTests().stream().allMatch(test -> passes(item, test, setting, state))
            : null;
    return new Attempt(item, outcome, decisions, applied, generalizes, run);
  }

  private boolean passes(
      RuntimeItem item, RuntimeItem.ExtraTest test, HealerSetting setting, Path state) {
    Path journal = freshFolder().resolve("decisions.jsonl");
    String what = item.id() + " with an extra test";
    return child(item, item.with(test), what, setting, state, true, journal)
            .score(test.expectedOutput())
        == Outcome.CORRECT;
  }

  private ProgramRun child(
      RuntimeItem item,
      String source,
      String what,
      HealerSetting setting,
      Path state,
      boolean frozen,
      Path journal) {
    Path classes = compiler.compile(source, what);
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(FLAGS);
    command.addAll(setting.properties(item.mainClass(), state, frozen, journal));
    command.add("-javaagent:" + agent);
    command.add("-cp");
    command.add(classes.toString());
    command.add(item.mainClass());
    return ProgramRun.of(command, limit);
  }

  /** The class files that an item runs from. */
  Path classes(RuntimeItem item) {
    return compiler.compile(item.source(), item.id());
  }

  /** A fresh folder for what belongs to one run. */
  Path freshFolder() {
    Path fresh = folder.resolve("run-" + runs.incrementAndGet());
    try {
      return Files.createDirectories(fresh);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + fresh + ": " + e.getMessage());
    }
  }
}
