package dev.fettle.agent.capture;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How an object of a class is read. Computed once per class and kept with the class itself. */
final class Shapes extends ClassValue<Shapes.Shape> {
  private static final List<String> NEVER_ENTERED =
      List.of(
          "org.springframework.",
          "org.hibernate.",
          "org.apache.",
          "org.slf4j.",
          "ch.qos.",
          "io.netty.",
          "reactor.",
          "com.zaxxer.",
          "com.fasterxml.jackson.databind.",
          "tools.jackson.databind.",
          "jakarta.",
          "javax.",
          "io.micrometer.",
          "io.opentelemetry.",
          "dev.fettle.");

  private static final List<String> ENTERED =
      List.of("org.springframework.data.domain.", "org.springframework.util.LinkedMultiValueMap");

  private static final List<String> GENERATED =
      List.of(
          "$$",
          "$Proxy",
          "$HibernateProxy",
          "$MockitoMock$",
          "$ByteBuddy$",
          "_$$_",
          "PersistentBag",
          "PersistentSet",
          "PersistentList",
          "PersistentMap");

  /** The ways. */
  sealed interface Shape {
    /** By these fields; {@code library} when neither the JDK's nor the application's. */
    record Fields(List<Field> fields, boolean library) implements Shape {}

    /** By name only. */
    record Closed(String reason) implements Shape {}
  }

  private final Predicate<String> application;
  private final int limit;

  Shapes(Predicate<String> application, int limit) {
    this.application = application;
    this.limit = limit;
  }

  @Override
  protected Shape computeValue(Class<?> type) {
    String name = type.getName();
    String reason = closed(type, name);
    if (reason != null) {
      return new Shape.Closed(reason);
    }
    List<Field> fields = fields(type);
    return fields == null
        ? new Shape.Closed("module not open")
        : new Shape.Fields(fields, !application.test(name));
  }

  private @Nullable String closed(Class<?> type, String name) {
    if (Proxy.isProxyClass(type)) {
      StringBuilder interfaces = new StringBuilder("proxy of");
      for (Class<?> each : type.getInterfaces()) {
        interfaces.append(' ').append(each.getName());
      }
      return interfaces.substring(0, Math.min(interfaces.length(), 200));
    }
    if (type.isHidden()) {
      return "lambda or hidden class";
    }
    if (GENERATED.stream().anyMatch(name::contains)) {
      Class<?> parent = type.getSuperclass();
      return "generated subclass" + (parent == null ? "" : " of " + parent.getName());
    }
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
      return "class of the JDK";
    }
    boolean framework = NEVER_ENTERED.stream().anyMatch(name::startsWith);
    if (framework && !application.test(name) && ENTERED.stream().noneMatch(name::startsWith)) {
      return "class of a framework";
    }
    if (ClassLoader.class.isAssignableFrom(type)
        || Thread.class.isAssignableFrom(type)
        || java.io.Closeable.class.isAssignableFrom(type)
        || java.util.concurrent.locks.Lock.class.isAssignableFrom(type)
        || java.util.concurrent.Executor.class.isAssignableFrom(type)
        || java.util.stream.BaseStream.class.isAssignableFrom(type)) {
      return "resource";
    }
    return null;
  }

  /** Own fields before inherited ones; null when the class's module keeps us out. */
  private @Nullable List<Field> fields(Class<?> type) {
    List<Field> found = new ArrayList<>();
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      ClassLoader loader = at.getClassLoader();
      if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
        break;
      }
      for (Field field : at.getDeclaredFields()) {
        boolean read = !Modifier.isStatic(field.getModifiers()) && !isNoise(field);
        if (read && found.size() < limit) {
          if (!field.trySetAccessible()) {
            return null;
          }
          found.add(field);
        }
      }
    }
    return found;
  }

  private static boolean isNoise(Field field) {
    String name = field.getName();
    return name.startsWith("this$")
        || name.startsWith("$$_hibernate")
        || name.startsWith("$jacoco");
  }
}
