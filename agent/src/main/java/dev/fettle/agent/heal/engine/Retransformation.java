package dev.fettle.agent.heal.engine;

import dev.fettle.agent.observe.PeriodCount;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes anew: to prepare them for healing, to leave them alone, and to unlink the call
 * sites of those that acted, which gives the JIT back what it had assumed. Thread-safe; the host's
 * threads only leave notes.
 */
final class Retransformation {
  private static final int QUEUE = 256;
  private static final long TURN_MILLIS = 1000;
  private static final long QUIET = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(60);

  /** What one class did. Counts may be off by a few. */
  private static final class Activity {
    volatile long lastCall;
    volatile long lastRelinked;
    final PeriodCount anticipated = new PeriodCount();
  }

  private final Instrumentation instrumentation;
  private final Consumer<String> debug;
  private final BlockingQueue<Class<?>> requested = new ArrayBlockingQueue<>(QUEUE);
  private final Map<Class<?>, Activity> active = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<ClassLoader, Set<String>> leftAlone =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final ClassValue<Activity> activities =
      new ClassValue<>() {
        @Override
        protected Activity computeValue(Class<?> type) {
          Activity activity = new Activity();
          active.put(type, activity);
          return activity;
        }
      };

  Retransformation(Instrumentation instrumentation, Consumer<String> debug) {
    this.instrumentation = instrumentation;
    this.debug = debug;
  }

  /** Asks for a class to be woven anew soon. */
  void request(Class<?> type) {
    if (!requested.offer(type)) {
      debug.accept("too many classes to weave anew");
    }
  }

  /** A linked call site of the class ran. */
  void called(Class<?> type, long nanos) {
    activities.get(type).lastCall = nanos;
  }

  /**
   * The class threw something that was anticipated.
   *
   * @return whether it throws too often to be asked each time
   */
  boolean isTooOften(Class<?> type, long nanos, int perSecond) {
    return activities.get(type).anticipated.next(nanos, PeriodCount.SECOND) > perSecond;
  }

  /** From now on the class is only observed. */
  void leaveAlone(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader != null
        && leftAlone
            .computeIfAbsent(loader, l -> ConcurrentHashMap.newKeySet())
            .add(type.getName())) {
      request(type);
    }
  }

  boolean isLeftAlone(@Nullable ClassLoader loader, String name) {
    Set<String> names = loader == null ? null : leftAlone.get(loader);
    return names != null && names.contains(name);
  }

  void run() throws InterruptedException {
    while (true) {
      Class<?> type = requested.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
      if (type != null) {
        weave(type);
      } else {
        unlinkQuiet(System.nanoTime());
      }
    }
  }

  /** Weaves what acted and was quiet for a while; as {@link #run} does in each turn. */
  void unlinkQuiet(long now) {
    for (Map.Entry<Class<?>, Activity> each : Map.copyOf(active).entrySet()) {
      Activity activity = each.getValue();
      boolean acted = activity.lastCall > activity.lastRelinked;
      boolean rested = activity.lastRelinked == 0 || now - activity.lastRelinked > PAUSE;
      if (acted && rested && now - activity.lastCall > QUIET) {
        activity.lastRelinked = now;
        weave(each.getKey());
      }
    }
  }

  private void weave(Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (UnmodifiableClassException | LinkageError e) {
      debug.accept("not woven anew: " + type.getName() + ": " + e);
    }
  }
}
