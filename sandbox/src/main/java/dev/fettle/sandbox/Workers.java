package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.sandbox.confine.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Keeps one warm child per module, at most {@value #LIVING} of them. Thread-safe. */
final class Workers implements AutoCloseable {
  private static final int LIVING = 6;

  /** Longer than any job may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Children children;
  private final Path labJar;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-lab-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private final WarmPool<Key, Worker> pool = new WarmPool<>(LIVING, Worker::usable, Worker::close);

  Workers(Children children, Path labJar) {
    this.children = children;
    this.labJar = labJar;
  }

  private record Key(Path root, String directory) {}

  /** Something to do with a worker. */
  interface Use<T> {
    T with(Worker worker) throws IOException, Worker.Lost;
  }

  /**
   * Lends the module's warm child; jobs of one module wait for each other, first come first. What
   * the wait and the start of a child take is not the job's time.
   *
   * @throws IOException when no child can be had
   */
  <T> T use(ProjectModel project, ProjectModel.Module module, Deadline deadline, Use<T> use)
      throws IOException, Worker.Lost {
    long asked = System.nanoTime();
    try (WarmPool<Key, Worker>.Loan loan =
        pool.lend(new Key(project.root(), module.directory()), PATIENCE)) {
      Worker worker = loan.thing();
      if (worker == null) {
        worker = fresh(project, module);
        loan.keep(worker);
      }
      deadline.waited(System.nanoTime() - asked);
      return use.with(worker);
    }
  }

  /** Starts a child for the caller alone, who closes it. */
  Worker fresh(ProjectModel project, ProjectModel.Module module) throws IOException, Worker.Lost {
    return Worker.start(children, labJar, project, module, watchdog);
  }

  @Override
  public void close() {
    pool.close();
    watchdog.shutdownNow();
  }
}
