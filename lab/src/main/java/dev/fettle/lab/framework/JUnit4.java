package dev.fettle.lab.framework;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JUnit 4 and 3 without the platform. Its listener is a class, which a proxy cannot be, so outcomes
 * come from the result of a whole class: a failed assumption counts as passed. Where a class or a
 * suite itself failed and not every test ran, the tests below it count as skipped, for nothing says
 * which of them ran.
 */
final class JUnit4 implements TestFramework {
  private static final String CORE = "org.junit.runner.JUnitCore";

  static Optional<TestFramework> find() {
    return TestFramework.present(CORE) ? Optional.of(new JUnit4()) : Optional.empty();
  }

  @Override
  public String name() {
    return "JUnit 4";
  }

  @Override
  public void run(Class<?> testClass, TestEvents events) throws ReflectiveOperationException {
    Object request =
        Class.forName("org.junit.runner.Request")
            .getMethod("aClass", Class.class)
            .invoke(null, testClass);
    Object runner = call(request, "getRunner");
    Object root = call(runner, "getDescription");
    events.started(testClass.getName(), "<class>");
    Object core = Class.forName(CORE).getConstructor().newInstance();
    Object result =
        core.getClass()
            .getMethod("run", Class.forName("org.junit.runner.Request"))
            .invoke(core, request);
    report(testClass, root, result, events);
  }

  private static void report(Class<?> testClass, Object root, Object result, TestEvents events)
      throws ReflectiveOperationException {
    List<Object> leaves = new ArrayList<>();
    collect(root, leaves);
    Map<Object, Throwable> failures = failures(result);
    Set<Object> unrun = unrun(root, leaves, failures, (Integer) call(result, "getRunCount"));
    for (Object leaf : leaves) {
      String className = text(call0(leaf, "getClassName"), testClass.getName());
      String method = text(call0(leaf, "getMethodName"), "<class>");
      Optional<Throwable> failure = Optional.ofNullable(failures.remove(leaf));
      if (failure.isPresent()) {
        events.failed(className, method, failure.get());
      } else if (ignored(leaf) || unrun.contains(leaf)) {
        events.skipped(className, method);
      } else {
        events.passed(className, method);
      }
    }
    failures.forEach(
        (description, thrown) -> events.failed(testClass.getName(), "<class>", thrown));
  }

  /**
   * Tests that may not have run: those below what failed as a whole, unless as many ran as there
   * are, as when only the end of a class failed; all when none ran.
   */
  private static Set<Object> unrun(
      Object root, List<Object> leaves, Map<Object, Throwable> failures, int ran)
      throws ReflectiveOperationException {
    int due = 0;
    for (Object leaf : leaves) {
      due += ignored(leaf) ? 0 : 1;
    }
    if (ran >= due) {
      return Set.of();
    }
    return ran == 0 ? Set.copyOf(leaves) : below(root, failures.keySet(), false);
  }

  private static Set<Object> below(Object description, Set<Object> failed, boolean within)
      throws ReflectiveOperationException {
    Set<Object> leaves = new HashSet<>();
    List<?> children = (List<?>) call(description, "getChildren");
    if (children.isEmpty() && within) {
      leaves.add(description);
    }
    for (Object child : children) {
      leaves.addAll(below(child, failed, within || failed.contains(description)));
    }
    return leaves;
  }

  private static Map<Object, Throwable> failures(Object result)
      throws ReflectiveOperationException {
    Map<Object, Throwable> failures = new HashMap<>();
    for (Object failure : (List<?>) call(result, "getFailures")) {
      failures.putIfAbsent(
          call(failure, "getDescription"), (Throwable) call(failure, "getException"));
    }
    return failures;
  }

  private static void collect(Object description, List<Object> leaves)
      throws ReflectiveOperationException {
    List<?> children = (List<?>) call(description, "getChildren");
    if (children.isEmpty()) {
      leaves.add(description);
    }
    for (Object child : children) {
      collect(child, leaves);
    }
  }

  private static boolean ignored(Object leaf) throws ReflectiveOperationException {
    for (Object annotation : (Iterable<?>) call(leaf, "getAnnotations")) {
      if (((java.lang.annotation.Annotation) annotation)
          .annotationType()
          .getName()
          .equals("org.junit.Ignore")) {
        return true;
      }
    }
    return false;
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return call0(target, method)
        .orElseThrow(() -> new NoSuchMethodException(method + " gave nothing"));
  }

  private static Optional<Object> call0(Object target, String method)
      throws ReflectiveOperationException {
    var found = target.getClass().getMethod(method);
    found.setAccessible(true);
    return Optional.ofNullable(found.invoke(target));
  }

  private static String text(Optional<Object> value, String fallback) {
    return value.map(Object::toString).orElse(fallback);
  }
}
