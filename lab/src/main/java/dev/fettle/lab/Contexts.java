package dev.fettle.lab;

import dev.fettle.lab.framework.TestFramework;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Application contexts that tests start: told from plain tests, and closed when a job ends. */
final class Contexts {
  private static final Set<String> MARKS =
      Set.of(
          "org.springframework.test.context.BootstrapWith",
          "org.springframework.test.context.ContextConfiguration",
          "org.springframework.test.context.junit.jupiter.SpringJUnitConfig",
          "io.quarkus.test.junit.QuarkusTest",
          "io.micronaut.test.extensions.junit5.annotation.MicronautTest");
  private static final String SPRING_CACHE =
      "org.springframework.test.context.cache.DefaultCacheAwareContextLoaderDelegate";

  private Contexts() {}

  /** Whether an annotation of the class, its superclasses or their annotations marks a context. */
  static boolean startsOne(Class<?> type) {
    Set<Class<?>> seen = new HashSet<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (marked(c, seen)) {
        return true;
      }
    }
    return type.getEnclosingClass() != null && startsOne(type.getEnclosingClass());
  }

  private static boolean marked(Class<?> type, Set<Class<?>> seen) {
    if (!seen.add(type)) {
      return false;
    }
    for (Annotation annotation : type.getDeclaredAnnotations()) {
      Class<?> annotationType = annotation.annotationType();
      if (MARKS.contains(annotationType.getName())
          || (annotationType.getName().equals("org.junit.runner.RunWith")
              && annotation.toString().contains("Spring"))
          || marked(annotationType, seen)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Closes what Spring's test context cache holds: the cache lives in the shared loader and would
   * keep every job's classes, threads and pools.
   */
  static void close(ClassLoader libraries) {
    if (!TestFramework.present(SPRING_CACHE)) {
      return;
    }
    try {
      Class<?> delegate = Class.forName(SPRING_CACHE, false, libraries);
      for (Field field : delegate.getDeclaredFields()) {
        if (java.lang.reflect.Modifier.isStatic(field.getModifiers())
            && field.getName().equals("defaultContextCache")) {
          field.setAccessible(true);
          closeAll(field.get(null));
        }
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Another Spring than we know: its contexts stay open until the child is tired.
    }
  }

  private static void closeAll(Object cache) throws ReflectiveOperationException {
    Field contexts = cache.getClass().getDeclaredField("contextMap");
    contexts.setAccessible(true);
    List<Object> open = new ArrayList<>(((Map<?, ?>) contexts.get(cache)).values());
    cache.getClass().getMethod("clear").invoke(cache);
    for (Object context : open) {
      closeOne(context);
    }
  }

  /** A firebreak: closing runs the application's own shutdown code. */
  private static void closeOne(Object context) {
    try {
      if (context instanceof AutoCloseable closeable) {
        closeable.close();
      }
    } catch (Throwable ofTheApplication) {
      // Its tests are over; nothing is judged by this.
    }
  }
}
