package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.lab.protocol.Message;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs base suites in the background, twice: once with probes in a child of their own, once in the
 * warm child, which that warms. Keeps what it saw beside the build. Thread-safe.
 */
final class BaseSuites implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** For one run of a module's tests: other projects wait meanwhile. */
  private static final Duration WHOLE = Duration.ofMinutes(20);

  /** Suites in memory; what is known of others is read from beside their builds again. */
  private static final int KEPT = 32;

  private static final Duration RETRY = Duration.ofMinutes(10);

  private final Workers workers;
  private final Duration retry;

  /** By root of the project, oldest first. Guarded by itself. */
  private final Map<Path, Suite> suites = new LinkedHashMap<>(16, 0.75f, true);

  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-base-suite");
            thread.setDaemon(true);
            return thread;
          });

  BaseSuites(Workers workers) {
    this(workers, RETRY);
  }

  /**
   * @param retry how long a suite that could not be run is left alone
   */
  BaseSuites(Workers workers, Duration retry) {
    this.workers = workers;
    this.retry = retry;
  }

  /** A suite and when it began, by {@link System#nanoTime}. */
  private record Suite(CompletableFuture<Map<String, BaseModule>> modules, long nanos) {
    boolean failed() {
      return modules.isCompletedExceptionally();
    }

    Map<String, BaseModule> now() {
      return failed() ? Map.of() : modules.getNow(Map.of());
    }
  }

  /** Begins, if nobody did; the result is by module directory, and lacks modules without tests. */
  CompletableFuture<Map<String, BaseModule>> begin(ProjectModel project) {
    synchronized (suites) {
      Suite suite = suites.get(project.root());
      long now = System.nanoTime();
      if (suite == null || suite.failed() && now - suite.nanos() >= retry.toNanos()) {
        suite = new Suite(CompletableFuture.supplyAsync(() -> runOrLoad(project), background), now);
        suites.put(project.root(), suite);
        var oldest = suites.values().iterator();
        while (suites.size() > KEPT && oldest.hasNext()) {
          if (oldest.next().modules().isDone()) {
            oldest.remove();
          }
        }
      }
      return suite.modules();
    }
  }

  /** What is known now. */
  Map<String, BaseModule> known(ProjectModel project) {
    synchronized (suites) {
      Suite suite = suites.get(project.root());
      return suite == null ? Map.of() : suite.now();
    }
  }

  /** How many tests pass at a revision; 0 when that is not known. */
  int passing(String revision) {
    synchronized (suites) {
      return suites.entrySet().stream()
          .filter(e -> revision.equals(revisionOf(e.getKey())))
          .flatMap(e -> e.getValue().now().values().stream())
          .mapToInt(m -> m.passing().size())
          .sum();
    }
  }

  /** Waits for it; empty when it did not get ready in time or could not be run. */
  Optional<Map<String, BaseModule>> await(ProjectModel project, Duration timeout) {
    try {
      return Optional.of(begin(project).get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  private Map<String, BaseModule> runOrLoad(ProjectModel project) {
    Map<String, BaseModule> modules = new LinkedHashMap<>();
    for (ProjectModel.Module module : project.modules()) {
      try {
        List<String> tests = TestClasses.of(module);
        if (!tests.isEmpty()) {
          modules.put(module.directory(), runOrLoad(project, module, tests));
        }
      } catch (IOException | Worker.Lost | Confinement.Refused e) {
        throw new IllegalStateException("the base suite of " + module.name() + ": " + e, e);
      }
    }
    return modules;
  }

  private BaseModule runOrLoad(ProjectModel project, ProjectModel.Module module, List<String> tests)
      throws IOException, Worker.Lost {
    Path file = file(project, module);
    if (Files.isRegularFile(file)) {
      BaseModule known = BaseModule.load(file);
      runWarm(project, module, known.plain(), new TestJob());
      return known;
    }
    TestJob probed = new TestJob();
    List<TestResult> first = runProbed(project, module, tests, probed, Deadline.in(WHOLE));
    TestJob again = new TestJob();
    runWarm(project, module, probed.done(), again);
    BaseModule base = BaseModule.of(first, again.results(), probed.done());
    base.save(file);
    return base;
  }

  /** A class that ends or hangs the child fails, and the others go on in a fresh child. */
  private List<TestResult> runProbed(
      ProjectModel project,
      ProjectModel.Module module,
      List<String> tests,
      TestJob heard,
      Deadline deadline)
      throws IOException, Worker.Lost {
    List<TestResult> results = new ArrayList<>();
    List<String> left = new ArrayList<>(tests);
    while (!left.isEmpty()) {
      try (Worker worker = workers.fresh(project, module)) {
        ask(worker, new Message.Run(left, List.of(), List.of(), true, false), heard, deadline);
        left.clear();
      } catch (Worker.Lost e) {
        if (!e.afterStart() || deadline.left().isZero()) {
          throw e;
        }
        TestResult lost = heard.lost(left, String.valueOf(e.getMessage()));
        results.add(lost);
        heard.done().forEach(d -> left.remove(d.className()));
        String outer = lost.className().replaceAll("\\$.*", "");
        if (!left.remove(outer) && !left.isEmpty()) {
          left.remove(0);
        }
        heard.forgetRunning();
      }
    }
    results.addAll(heard.results());
    return results;
  }

  private static boolean ask(Worker worker, Message request, TestJob heard, Deadline deadline)
      throws IOException, Worker.Lost {
    Message answer = worker.askPatiently(request, IDLE, deadline.left(), heard);
    if (!(answer instanceof Message.Done)) {
      throw new IOException("the child answered " + answer);
    }
    return true;
  }

  /** Plain tests first and contexts in a second request: a waiting job gets between them. */
  private void runWarm(
      ProjectModel project,
      ProjectModel.Module module,
      List<Message.ClassDone> tests,
      TestJob heard)
      throws IOException, Worker.Lost {
    for (boolean context : new boolean[] {false, true}) {
      List<String> part =
          tests.stream()
              .filter(t -> t.context() == context)
              .map(Message.ClassDone::className)
              .toList();
      if (!part.isEmpty()) {
        Message request = new Message.Run(part, List.of(), List.of(), false, false);
        Deadline deadline = Deadline.in(WHOLE);
        workers.use(project, module, deadline, worker -> ask(worker, request, heard, deadline));
      }
    }
  }

  /** The name of the directory that holds the copy and what is known of it. */
  private static String revisionOf(Path root) {
    int parent = root.getNameCount() - 2;
    return parent < 0 ? "" : root.getName(parent).toString();
  }

  private static Path file(ProjectModel project, ProjectModel.Module module) {
    String name = module.directory().isEmpty() ? "root" : module.directory().replace('/', '_');
    return project.root().resolveSibling("base").resolve(name + ".2.txt");
  }

  @Override
  public void close() {
    background.shutdownNow();
  }
}
