package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.sandbox.confine.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps one warm child per module, at most {@value #LIVING} of them. Thread-safe. */
final class Workers implements AutoCloseable {
  private static final int LIVING = 6;

  private final Children children;
  private final Path labJar;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-lab-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  Workers(Children children, Path labJar) {
    this.children = children;
    this.labJar = labJar;
  }

  private record Key(Path root, String directory) {}

  private static final class Slot {
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile @org.jspecify.annotations.Nullable Worker worker;
  }

  /** Something to do with a worker. */
  interface Use<T> {
    T with(Worker worker) throws IOException, Worker.Lost;
  }

  /** Lends the module's warm child; jobs of one module wait for each other, first come first. */
  <T> T use(ProjectModel project, ProjectModel.Module module, Use<T> use)
      throws IOException, Worker.Lost {
    Slot slot = slot(new Key(project.root(), module.directory()));
    slot.lock.lock();
    try {
      Worker worker = slot.worker;
      if (worker == null || !worker.usable()) {
        if (worker != null) {
          worker.close();
        }
        slot.worker = null;
        worker = fresh(project, module);
        slot.worker = worker;
      }
      return use.with(worker);
    } finally {
      slot.lock.unlock();
    }
  }

  /** Starts a child for the caller alone, who closes it. */
  Worker fresh(ProjectModel project, ProjectModel.Module module) throws IOException, Worker.Lost {
    return Worker.start(children, labJar, project, module, watchdog);
  }

  private Slot slot(Key key) {
    List<Slot> evicted = new ArrayList<>();
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(key, k -> new Slot());
      var oldest = slots.values().iterator();
      while (slots.size() - evicted.size() > LIVING && oldest.hasNext()) {
        Slot candidate = oldest.next();
        if (candidate != slot && !candidate.lock.isLocked()) {
          evicted.add(candidate);
        }
      }
      slots.values().removeAll(evicted);
    }
    evicted.forEach(Workers::end);
    return slot;
  }

  private static void end(Slot slot) {
    Worker worker = slot.worker;
    if (worker != null) {
      worker.close();
    }
  }

  @Override
  public void close() {
    synchronized (slots) {
      slots.values().forEach(Workers::end);
      slots.clear();
    }
    watchdog.shutdownNow();
  }
}
