package dev.fettle.agent.observe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Gets the throwable out of an event of Logback, Log4j 2 or {@code java.util.logging}, if it was
 * logged at error level. A library of another shape gives nothing. Thread-safe.
 */
final class LoggedErrors {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** What to ask an event's class; handles take and give Object. */
  private record Form(
      MethodHandle level,
      MethodHandle rank,
      int least,
      boolean ascending,
      MethodHandle thrown,
      @Nullable MethodHandle unwrap) {}

  private static final class Forms extends ClassValue<@Nullable Form> {
    @Override
    protected @Nullable Form computeValue(Class<?> type) {
      try {
        Class<?> logback = find(type, "ch.qos.logback.classic.spi.ILoggingEvent");
        if (logback != null) {
          return logback(logback);
        }
        Class<?> log4j = find(type, "org.apache.logging.log4j.core.LogEvent");
        if (log4j != null) {
          return log4j(log4j);
        }
        Class<?> jul = find(type, "java.util.logging.LogRecord");
        return jul == null ? null : jul(jul);
      } catch (ReflectiveOperationException e) {
        // another version: off
        return null;
      }
    }
  }

  private final Forms forms = new Forms();

  private static @Nullable Class<?> find(Class<?> type, String name) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(name)) {
        return at;
      }
      for (Class<?> each : at.getInterfaces()) {
        Class<?> found = find(each, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Form logback(Class<?> event) throws ReflectiveOperationException {
    ClassLoader loader = event.getClassLoader();
    Class<?> level = Class.forName("ch.qos.logback.classic.Level", false, loader);
    Class<?> proxy = Class.forName("ch.qos.logback.classic.spi.IThrowableProxy", false, loader);
    Class<?> real = Class.forName("ch.qos.logback.classic.spi.ThrowableProxy", false, loader);
    MethodHandle unwrap =
        LOOKUP.findVirtual(real, "getThrowable", MethodType.methodType(Throwable.class));
    return new Form(
        general(LOOKUP.findVirtual(event, "getLevel", MethodType.methodType(level))),
        rank(level, "toInt"),
        40_000,
        true,
        general(LOOKUP.findVirtual(event, "getThrowableProxy", MethodType.methodType(proxy))),
        general(unwrap));
  }

  private static Form log4j(Class<?> event) throws ReflectiveOperationException {
    Class<?> level = Class.forName("org.apache.logging.log4j.Level", false, event.getClassLoader());
    return new Form(
        general(LOOKUP.findVirtual(event, "getLevel", MethodType.methodType(level))),
        rank(level, "intLevel"),
        200,
        false,
        general(LOOKUP.findVirtual(event, "getThrown", MethodType.methodType(Throwable.class))),
        null);
  }

  private static Form jul(Class<?> event) throws ReflectiveOperationException {
    Class<?> level = Class.forName("java.util.logging.Level", false, event.getClassLoader());
    return new Form(
        general(LOOKUP.findVirtual(event, "getLevel", MethodType.methodType(level))),
        rank(level, "intValue"),
        1_000,
        true,
        general(LOOKUP.findVirtual(event, "getThrown", MethodType.methodType(Throwable.class))),
        null);
  }

  private static MethodHandle general(MethodHandle handle) {
    return handle.asType(MethodType.methodType(Object.class, Object.class));
  }

  private static MethodHandle rank(Class<?> level, String name)
      throws ReflectiveOperationException {
    return LOOKUP
        .findVirtual(level, name, MethodType.methodType(int.class))
        .asType(MethodType.methodType(int.class, Object.class));
  }

  /** Null when the event is below error or carries no throwable. */
  @Nullable Throwable thrown(Object event) {
    Form form = forms.get(event.getClass());
    if (form == null) {
      return null;
    }
    try {
      Object level = (Object) form.level.invokeExact(event);
      int rank = level == null ? 0 : (int) form.rank.invokeExact(level);
      if (level == null || (form.ascending ? rank < form.least : rank > form.least)) {
        return null;
      }
      Object thrown = (Object) form.thrown.invokeExact(event);
      if (thrown != null && form.unwrap != null) {
        thrown = (Object) form.unwrap.invokeExact(thrown);
      }
      return (Throwable) thrown;
    } catch (Throwable firebreak) {
      // a proxy that is not the usual one has no throwable to give
      return null;
    }
  }
}
