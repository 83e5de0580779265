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
import java.util.concurrent.ConcurrentHashMap;
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

  private final Workers workers;
  private final Map<Path, CompletableFuture<Map<String, BaseModule>>> suites =
      new ConcurrentHashMap<>();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-base-suite");
            thread.setDaemon(true);
            return thread;
          });

  BaseSuites(Workers workers) {
    this.workers = workers;
  }

  /** Begins, if nobody did; the result is by module directory, and lacks modules without tests. */
  CompletableFuture<Map<String, BaseModule>> begin(ProjectModel project) {
    return suites.computeIfAbsent(
        project.root(),
        root -> CompletableFuture.supplyAsync(() -> runOrLoad(project), background));
  }

  /** What is known now. */
  Map<String, BaseModule> known(ProjectModel project) {
    CompletableFuture<Map<String, BaseModule>> suite = suites.get(project.root());
    return suite == null || suite.isCompletedExceptionally() ? Map.of() : suite.getNow(Map.of());
  }

  /** How many tests pass at a revision; 0 when that is not known. */
  int passing(String revision) {
    return suites.entrySet().stream()
        .filter(e -> revision.equals(revisionOf(e.getKey())))
        .filter(e -> e.getValue().isDone() && !e.getValue().isCompletedExceptionally())
        .flatMap(e -> e.getValue().join().values().stream())
        .mapToInt(m -> m.passing().size())
        .sum();
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
    List<TestResult> first = runProbed(project, module, tests, probed);
    TestJob again = new TestJob();
    runWarm(project, module, probed.done(), again);
    BaseModule base = BaseModule.of(first, again.results(), probed.done());
    base.save(file);
    return base;
  }

  /** A class that ends or hangs the child fails, and the others go on in a fresh child. */
  private List<TestResult> runProbed(
      ProjectModel project, ProjectModel.Module module, List<String> tests, TestJob heard)
      throws IOException, Worker.Lost {
    List<TestResult> results = new ArrayList<>();
    List<String> left = new ArrayList<>(tests);
    while (!left.isEmpty()) {
      try (Worker worker = workers.fresh(project, module)) {
        ask(worker, new Message.Run(left, List.of(), List.of(), true, false), heard);
        left.clear();
      } catch (Worker.Lost e) {
        if (!e.afterStart()) {
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

  private static boolean ask(Worker worker, Message request, TestJob heard)
      throws IOException, Worker.Lost {
    Message answer = worker.askPatiently(request, IDLE, heard);
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
        workers.use(project, module, worker -> ask(worker, request, heard));
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
