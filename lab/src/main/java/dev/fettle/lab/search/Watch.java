package dev.fettle.lab.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ends the JVM when one run takes too long in spite of its limits, after telling which candidate it
 * was: a thread cannot be stopped.
 */
final class Watch implements AutoCloseable {
  private static final long CPU_NANOS = 800_000_000L;
  private static final long WALL_NANOS = 20_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Thread thread;
  private final Runnable stuck;
  private final long limit;
  private volatile boolean closed;
  private final AtomicLong turn = new AtomicLong();
  private volatile @Nullable Thread worker;

  /**
   * @param steps that a run may take: honest code needs up to 100 ns for one while it is
   *     interpreted
   */
  Watch(long steps, Runnable stuck) {
    this.limit = CPU_NANOS + steps * 100;
    this.stuck = stuck;
    this.thread = new Thread(this::watch, "fettle-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** A run begins on this thread. */
  void begin() {
    worker = Thread.currentThread();
    turn.incrementAndGet();
  }

  /** No run is going on. */
  void rest() {
    worker = null;
  }

  private void watch() {
    long seen = -1;
    long cpu = 0;
    long wall = 0;
    while (!closed) {
      Thread running = worker;
      long now = System.nanoTime();
      long used = running == null ? 0 : THREADS.getThreadCpuTime(running.getId());
      if (running == null || turn.get() != seen) {
        seen = turn.get();
        cpu = used;
        wall = now;
      } else if (used - cpu > limit || now - wall > WALL_NANOS) {
        stuck.run();
        Runtime.getRuntime().halt(3);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
