package dev.fettle.lab.direct;

import dev.fettle.lab.direct.DirectClass.Unsupported;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JUnit 4: the statement that the class's own runner builds for a method, with its rules, fixtures,
 * expected exception and time limit, evaluated without the runner's notifications.
 */
final class JUnit4Calls {
  private static final String RUNNERS = "org.junit.runners.";
  private static final Set<String> PER_PARAMETERS =
      Set.of(
          RUNNERS + "parameterized.BlockJUnit4ClassRunnerWithParameters",
          RUNNERS + "Parameterized$TestClassRunnerForParameters");
  private static final Set<String> PLAIN =
      Set.of(RUNNERS + "JUnit4", RUNNERS + "BlockJUnit4ClassRunner");
  private static final Set<String> PARENTS =
      Set.of(
          RUNNERS + "Suite", RUNNERS + "Parameterized", "org.junit.experimental.runners.Enclosed");

  private final Class<?> leafType;
  private final Class<?> parentType;
  private final Class<?> statementType;
  private final List<DirectTest> tests = new ArrayList<>();
  private final List<Fixture> fixtures = new ArrayList<>();

  private JUnit4Calls() {
    leafType = Calls.type(RUNNERS + "BlockJUnit4ClassRunner").orElseThrow();
    parentType = Calls.type(RUNNERS + "ParentRunner").orElseThrow();
    statementType = Calls.type(RUNNERS + "model.Statement").orElseThrow();
  }

  static boolean recognizes(Class<?> testClass) {
    for (Class<?> c : Calls.hierarchy(testClass)) {
      if (Calls.has(c, "org.junit.runner.RunWith")) {
        return true;
      }
    }
    return !Calls.methods(testClass, "org.junit.Test").isEmpty();
  }

  static DirectClass of(Class<?> testClass) throws Throwable {
    Unsupported.when(
        Calls.type(RUNNERS + "BlockJUnit4ClassRunner").isEmpty(), "a JUnit 4 older than 4.5");
    Class<?> requestType = Calls.type("org.junit.runner.Request").orElseThrow();
    Object request = Calls.call(requestType.getMethod("aClass", Class.class), null, testClass);
    Object runner = Calls.call(Calls.method(requestType, "getRunner"), request);
    JUnit4Calls calls = new JUnit4Calls();
    calls.add(runner, null);
    return new DirectClass(testClass.getName(), "JUnit 4", calls.tests, calls.fixtures);
  }

  private void add(@Nullable Object runner, @Nullable Fixture outer) throws Throwable {
    String kind = runner == null ? "none" : runner.getClass().getName();
    boolean leaf = PLAIN.contains(kind) || PER_PARAMETERS.contains(kind);
    if (runner == null || !(leaf || PARENTS.contains(kind))) {
      throw new Unsupported("the runner " + kind);
    }
    Fixture fixture = fixture(runner, outer);
    fixtures.add(fixture);
    List<?> children = (List<?>) Calls.call(Calls.method(parentType, "getChildren"), runner);
    for (Object child : children == null ? List.of() : children) {
      if (leaf) {
        addMethod(runner, child, fixture);
      } else {
        add(child, fixture);
      }
    }
  }

  private void addMethod(Object runner, Object method, Fixture fixture) throws Throwable {
    Method block = Calls.method(leafType, "methodBlock", method.getClass());
    Method evaluate = Calls.open(statementType.getMethod("evaluate"));
    String name =
        (String) Calls.call(Calls.method(leafType, "testName", method.getClass()), runner, method);
    Method java = (Method) Calls.call(Calls.method(method.getClass(), "getMethod"), method);
    boolean ignored = java != null && Calls.has(java, "org.junit.Ignore");
    String className = testClass(runner).getName();
    Body body = () -> Calls.call(evaluate, Calls.call(block, runner, method));
    tests.add(new DirectTest(className, String.valueOf(name), fixture, body, ignored));
  }

  private Class<?> testClass(Object runner) throws Throwable {
    Object described = Calls.call(Calls.method(parentType, "getTestClass"), runner);
    Class<?> type =
        described == null
            ? null
            : (Class<?>) Calls.call(Calls.method(described.getClass(), "getJavaClass"), described);
    if (type == null) {
      throw new Unsupported("a runner without a class");
    }
    return type;
  }

  /** Class rules that are resources, and what runs before and after the class. */
  private Fixture fixture(Object runner, @Nullable Fixture outer) throws Throwable {
    Class<?> testClass = testClass(runner);
    if (PER_PARAMETERS.contains(runner.getClass().getName())) {
      return new Fixture(outer, Body.NOTHING, Body.NOTHING);
    }
    List<Object> resources = resources(testClass);
    List<Method> before = Calls.methods(testClass, "org.junit.BeforeClass");
    List<Method> after = new ArrayList<>(Calls.methods(testClass, "org.junit.AfterClass"));
    java.util.Collections.reverse(after);
    return new Fixture(
        outer,
        () -> {
          for (Object resource : resources) {
            Calls.call(Calls.method(resource.getClass(), "before"), resource);
          }
          for (Method method : before) {
            Calls.call(method, null);
          }
        },
        () -> {
          for (Method method : after) {
            Calls.call(method, null);
          }
          for (Object resource : resources) {
            Calls.call(Calls.method(resource.getClass(), "after"), resource);
          }
        });
  }

  private static List<Object> resources(Class<?> testClass) throws Throwable {
    List<Object> resources = new ArrayList<>();
    for (Class<?> c : Calls.hierarchy(testClass)) {
      for (Annotation unsupported : c.getDeclaredAnnotations()) {
        Unsupported.when(
            unsupported.annotationType().getName().equals("org.junit.Ignore"), "an ignored class");
      }
      Unsupported.when(
          java.util.Arrays.stream(c.getDeclaredMethods())
              .anyMatch(m -> Calls.has(m, "org.junit.ClassRule")),
          "a class rule from a method");
      for (var field : c.getDeclaredFields()) {
        if (Calls.has(field, "org.junit.ClassRule")) {
          Object rule = Calls.open(field).get(null);
          if (rule == null || !Calls.isA(rule.getClass(), "org.junit.rules.ExternalResource")) {
            throw new Unsupported("a class rule that is no resource");
          }
          resources.add(rule);
        }
      }
    }
    return resources;
  }
}
