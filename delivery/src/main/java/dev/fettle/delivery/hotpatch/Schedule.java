package dev.fettle.delivery.hotpatch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task again and again. */
@FunctionalInterface
public interface Schedule {
  /**
   * Starts it.
   *
   * @return ends it; a run that is under way goes on
   */
  Runnable every(Duration period, Runnable task);

  /** On the threads of an executor; the pause between two runs is the period. */
  static Schedule on(ScheduledExecutorService executor) {
    return (period, task) -> {
      Future<?> running =
          executor.scheduleWithFixedDelay(
              task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
      return () -> running.cancel(false);
    };
  }
}
