package dev.fettle.delivery.hotpatch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks again and again, and others once, where they may take their time. */
@FunctionalInterface
public interface Schedule {
  /**
   * Starts it.
   *
   * @return ends it; a run that is under way goes on
   */
  Runnable every(Duration period, Runnable task);

  /** Runs a task once that may wait for others: no repeated task waits for it. */
  default void beside(Runnable task) {
    task.run();
  }

  /**
   * On the threads of an executor; the pause between two runs is the period.
   *
   * @param beside runs what may wait
   */
  static Schedule on(ScheduledExecutorService executor, Executor beside) {
    return new Schedule() {
      @Override
      public Runnable every(Duration period, Runnable task) {
        Future<?> running =
            executor.scheduleWithFixedDelay(
                task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return () -> running.cancel(false);
      }

      @Override
      public void beside(Runnable task) {
        beside.execute(task);
      }
    };
  }
}
