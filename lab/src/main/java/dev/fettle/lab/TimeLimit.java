package dev.fettle.lab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends tests that do not end by themselves, and threads that a framework's own time limit left
 * running: both where they next reach a probe. What runs no probed code goes on. Thread-safe.
 */
final class TimeLimit implements AutoCloseable {
  private static final long LEAST_MILLIS = 1_000;
  private static final long FOR_THREADS_MILLIS = 300;
  private static final long SAMPLE_MILLIS = 20;

  private final ClassLoader tests;
  private final long millis;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-time-limit");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
          });

  private @Nullable ScheduledFuture<?> pending;

  /** Counts starts and ends: an end that comes late is for another test. */
  private long turn;

  /** Tests that ran out of time: where one does not end, others do not, and time is dear. */
  private int over;

  /**
   * @param tests context class loader of threads that tests start
   * @param millis for a test; 0 for no limit
   */
  TimeLimit(ClassLoader tests, long millis) {
    this.tests = tests;
    this.millis = millis;
  }

  synchronized void started() {
    cancel();
    if (millis > 0) {
      long mine = turn;
      long most = Math.max(Math.min(LEAST_MILLIS, millis), millis / (1 + over));
      pending = clock.schedule(() -> end(mine), most, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void end(long test) {
    if (test == turn) {
      Probes.end();
    }
  }

  /**
   * @param thrown null unless it failed
   */
  synchronized void ended(@Nullable Throwable thrown) {
    cancel();
    if (thrown != null && outOfTime(thrown)) {
      over++;
      endThreads();
    }
  }

  private void cancel() {
    turn++;
    Probes.goOn();
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  private static boolean outOfTime(Throwable thrown) {
    String type = thrown.getClass().getName();
    return thrown instanceof TookTooLong || type.contains("TimedOut") || type.contains("Timeout");
  }

  private void endThreads() {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FOR_THREADS_MILLIS);
    Probes.end();
    try {
      while (running(tests) && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Probes.goOn();
    }
  }

  /** Whether a thread but this one runs, or waits outside of the JVM, with a job's class loader. */
  private static boolean running(ClassLoader job) {
    return runnable().stream().anyMatch(t -> t.getContextClassLoader() == job);
  }

  /** Whether a thread that some job left behind uses a processor: one that accepts does not. */
  static boolean busy() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> before = new HashMap<>();
    for (Thread t : runnable()) {
      if (t.getContextClassLoader() instanceof JobLoader) {
        before.put(t.getId(), threads.getThreadCpuTime(t.getId()));
      }
    }
    if (before.isEmpty()) {
      return false;
    }
    try {
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long much = TimeUnit.MILLISECONDS.toNanos(SAMPLE_MILLIS) / 4;
    return before.entrySet().stream()
        .anyMatch(e -> threads.getThreadCpuTime(e.getKey()) - e.getValue() > much);
  }

  /** All but this one. */
  private static List<Thread> runnable() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[group.activeCount() + 64];
    group.enumerate(threads);
    return Arrays.stream(threads)
        .filter(Objects::nonNull)
        .filter(t -> t != Thread.currentThread() && t.getState() == Thread.State.RUNNABLE)
        .toList();
  }

  @Override
  public synchronized void close() {
    cancel();
    clock.shutdownNow();
  }
}
