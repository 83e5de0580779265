package dev.fettle.lab.framework;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JUnit Platform launcher: Jupiter, Vintage and other engines. */
final class JUnitPlatform implements TestFramework {
  private static final String LAUNCHER = "org.junit.platform.launcher.";
  private static final Pattern INVOCATION =
      Pattern.compile("invocation:#(\\d+)]|dynamic-test:#(\\d+)]");

  private final List<String> groups;
  private final List<String> excludedGroups;

  private JUnitPlatform(List<String> groups, List<String> excludedGroups) {
    this.groups = groups;
    this.excludedGroups = excludedGroups;
  }

  static Optional<TestFramework> find(List<String> groups, List<String> excludedGroups) {
    return TestFramework.present(LAUNCHER + "core.LauncherFactory")
        ? Optional.of(new JUnitPlatform(groups, excludedGroups))
        : Optional.empty();
  }

  @Override
  public String name() {
    return "JUnit Platform";
  }

  @Override
  public void run(Class<?> testClass, TestEvents events) throws ReflectiveOperationException {
    Class<?> listenerType = type("TestExecutionListener");
    Object listener =
        Proxy.newProxyInstance(
            listenerType.getClassLoader(),
            new Class<?>[] {listenerType},
            new Listener(testClass.getName(), events));
    Object listeners = Array.newInstance(listenerType, 1);
    Array.set(listeners, 0, listener);
    Object launcher = type("core.LauncherFactory").getMethod("create").invoke(null);
    type("Launcher")
        .getMethod("execute", type("LauncherDiscoveryRequest"), listeners.getClass())
        .invoke(launcher, request(testClass), listeners);
  }

  private Object request(Class<?> testClass) throws ReflectiveOperationException {
    Class<?> builderType = type("core.LauncherDiscoveryRequestBuilder");
    Object builder = builderType.getMethod("request").invoke(null);
    Class<?> selectorType = Class.forName("org.junit.platform.engine.DiscoverySelector");
    Object selectors = Array.newInstance(selectorType, 1);
    Array.set(
        selectors,
        0,
        Class.forName("org.junit.platform.engine.discovery.DiscoverySelectors")
            .getMethod("selectClass", Class.class)
            .invoke(null, testClass));
    builderType.getMethod("selectors", selectors.getClass()).invoke(builder, selectors);
    addTags(builderType, builder, "includeTags", groups);
    addTags(builderType, builder, "excludeTags", excludedGroups);
    builderType
        .getMethod("configurationParameter", String.class, String.class)
        .invoke(builder, "junit.jupiter.execution.parallel.enabled", "false");
    return builderType.getMethod("build").invoke(builder);
  }

  private static void addTags(
      Class<?> builderType, Object builder, String kind, List<String> expressions)
      throws ReflectiveOperationException {
    if (expressions.isEmpty()) {
      return;
    }
    Class<?> filterType = Class.forName("org.junit.platform.engine.Filter");
    Object filters = Array.newInstance(filterType, 1);
    Object filter = type("TagFilter").getMethod(kind, List.class).invoke(null, expressions);
    Array.set(filters, 0, filter);
    builderType.getMethod("filters", filters.getClass()).invoke(builder, filters);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(LAUNCHER + name);
  }

  private record Listener(String testClass, TestEvents events) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws ReflectiveOperationException {
      Object[] given = arguments == null ? new Object[0] : arguments;
      switch (method.getName()) {
        case "executionStarted" -> started(given[0]);
        case "executionSkipped" -> events.skipped(className(given[0]), methodName(given[0]));
        case "executionFinished" -> finished(given[0], given[1]);
        case "hashCode" -> {
          return System.identityHashCode(proxy);
        }
        case "equals" -> {
          return proxy == given[0];
        }
        case "toString" -> {
          return "fettle";
        }
        default -> {}
      }
      return null;
    }

    private void started(Object identifier) throws ReflectiveOperationException {
      if (isTest(identifier)) {
        events.started(className(identifier), methodName(identifier));
      }
    }

    private void finished(Object identifier, Object result) throws ReflectiveOperationException {
      String status = get(result, "getStatus").toString();
      Optional<?> thrown = (Optional<?>) get(result, "getThrowable");
      String className = className(identifier);
      String method = methodName(identifier);
      if (status.equals("FAILED")) {
        Throwable failure =
            thrown.isPresent()
                ? (Throwable) thrown.get()
                : new AssertionError("the test failed without an exception");
        events.failed(className, method, failure);
      } else if (status.equals("ABORTED")) {
        events.skipped(className, method);
      } else if (isTest(identifier)) {
        events.passed(className, method);
      }
    }

    private String className(Object identifier) throws ReflectiveOperationException {
      Object source = source(identifier);
      return source != null && hasMethod(source, "getClassName")
          ? (String) get(source, "getClassName")
          : testClass;
    }

    /** The method, with the number of an invocation; {@code <class>} for a container. */
    private String methodName(Object identifier) throws ReflectiveOperationException {
      Object source = source(identifier);
      if (source == null || !hasMethod(source, "getMethodName")) {
        return isTest(identifier) ? (String) get(identifier, "getDisplayName") : "<class>";
      }
      String name = (String) get(source, "getMethodName");
      Matcher invocations = INVOCATION.matcher((String) get(identifier, "getUniqueId"));
      StringBuilder numbered = new StringBuilder(name);
      while (invocations.find()) {
        String number = invocations.group(1) != null ? invocations.group(1) : invocations.group(2);
        numbered.append('[').append(number).append(']');
      }
      return numbered.toString();
    }

    private static @Nullable Object source(Object identifier) throws ReflectiveOperationException {
      return ((Optional<?>) get(identifier, "getSource")).orElse(null);
    }

    private static boolean isTest(Object identifier) throws ReflectiveOperationException {
      return (Boolean) get(identifier, "isTest");
    }

    private static boolean hasMethod(Object target, String name) {
      for (Method method : target.getClass().getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 0) {
          return true;
        }
      }
      return false;
    }

    private static Object get(Object target, String method) throws ReflectiveOperationException {
      return target.getClass().getMethod(method).invoke(target);
    }
  }
}
