package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.options.HealMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets a failing thread wait for what the server prescribes, where its process was told to: the
 * mode of the paper "Healer" (arXiv 2408.01055). Eight threads at most, each place once in a
 * minute; interrupted threads go on at once and stay interrupted. Thread-safe.
 */
public final class Waiting {
  /** The longest that a thread may be told to wait, in milliseconds. */
  public static final long LONGEST_MILLIS = 60_000;

  /** Nobody waits. */
  public static final Waiting NOBODY = new Waiting(0, failure -> {}, () -> 0);

  private static final int THREADS = 8;
  private static final int PLACES = 1_000;
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final long millis;
  private final Consumer<Failure> ask;
  private final LongSupplier nanos;
  private final Semaphore threads = new Semaphore(THREADS);
  private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();

  /**
   * @param millis how long a thread waits; 0 for not at all
   * @param ask tells the server of the failure
   * @param nanos monotonic time
   */
  public Waiting(long millis, Consumer<Failure> ask, LongSupplier nanos) {
    this.millis = Math.min(millis, LONGEST_MILLIS);
    this.ask = ask;
    this.nanos = nanos;
  }

  /** Asks and waits; says whether a snippet of the method was put in place meanwhile. */
  boolean asks(Failure failure, HealMode mode) {
    if (millis <= 0 || !mode.allows(HealMode.TYPED) || !threads.tryAcquire()) {
      return false;
    }
    try {
      SiteFacts site = failure.site();
      String place = site.id() + " " + failure.thrown().getClass().getName();
      long now = nanos.getAsLong();
      Long before = asked.get(place);
      if ((before != null && now - before < PAUSE) || asked.size() >= PLACES) {
        return false;
      }
      asked.put(place, now);
      String method = key(site.className(), site.method().name, site.method().desc);
      CountDownLatch latch = waiting.computeIfAbsent(method, m -> new CountDownLatch(1));
      ask.accept(failure);
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      threads.release();
    }
  }

  /** A snippet of the method is in place. */
  void answered(String className, String method, String descriptor) {
    CountDownLatch latch = waiting.remove(key(className, method, descriptor));
    if (latch != null) {
      latch.countDown();
    }
  }

  private static String key(String className, String method, String descriptor) {
    return className + " " + method + descriptor;
  }
}
