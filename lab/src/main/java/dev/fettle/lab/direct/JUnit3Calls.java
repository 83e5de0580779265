package dev.fettle.lab.direct;

import dev.fettle.lab.direct.DirectClass.Unsupported;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JUnit 3: {@code runBare} of a fresh test case, for each that the class's suite holds. */
final class JUnit3Calls {
  private static final String SUITE = "junit.framework.TestSuite";
  private static final String CASE = "junit.framework.TestCase";

  private final Fixture none = new Fixture(null, Body.NOTHING, Body.NOTHING);
  private final List<DirectTest> tests = new ArrayList<>();

  private JUnit3Calls() {}

  static boolean hasSuite(Class<?> testClass) {
    return suite(testClass) != null;
  }

  private static @Nullable Method suite(Class<?> testClass) {
    for (Method method : testClass.getDeclaredMethods()) {
      if (method.getName().equals("suite")
          && method.getParameterCount() == 0
          && Modifier.isStatic(method.getModifiers())
          && method.getReturnType().getName().startsWith("junit.framework.")) {
        return method;
      }
    }
    return null;
  }

  static DirectClass of(Class<?> testClass) throws Throwable {
    Unsupported.when(
        Calls.has(testClass, "org.junit.runner.RunWith"), "a test case with a runner of its own");
    Method suite = suite(testClass);
    Class<?> suiteType = Calls.type(SUITE).orElseThrow();
    Object all =
        suite != null
            ? Calls.call(Calls.open(suite), null)
            : suiteType.getConstructor(Class.class).newInstance(testClass);
    JUnit3Calls calls = new JUnit3Calls();
    calls.add(suiteType, all);
    return new DirectClass(testClass.getName(), "JUnit 3", calls.tests, List.of());
  }

  private void add(Class<?> suiteType, @Nullable Object test) throws Throwable {
    if (test != null && test.getClass().getName().equals(SUITE)) {
      Enumeration<?> elements = (Enumeration<?>) Calls.call(suiteType.getMethod("tests"), test);
      if (elements != null) {
        for (Object element : Collections.list(elements)) {
          add(suiteType, element);
        }
      }
      return;
    }
    if (test == null || !Calls.isA(test.getClass(), CASE)) {
      throw new Unsupported("a suite with more than plain test cases");
    }
    addCase(test);
  }

  private void addCase(Object test) throws Throwable {
    Class<?> type = test.getClass();
    Unsupported.when(type.getName().startsWith("junit."), "a suite that warns");
    Method run = Calls.method(type, "run", Calls.type("junit.framework.TestResult").orElseThrow());
    Unsupported.when(
        !run.getDeclaringClass().getName().equals(CASE), "a test case that runs itself");
    Method name = Calls.method(type, "getName");
    Method rename = Calls.method(type, "setName", String.class);
    Method bare = Calls.method(type, "runBare");
    String method = String.valueOf(Calls.call(name, test));
    Constructor<?> constructor = constructor(type);
    boolean named = constructor.getParameterCount() == 1;
    Body body =
        () -> {
          Object fresh = named ? Calls.create(constructor, method) : Calls.create(constructor);
          Calls.call(rename, fresh, method);
          Calls.call(bare, fresh);
        };
    tests.add(new DirectTest(type.getName(), method, none, body, false));
  }

  private static Constructor<?> constructor(Class<?> type) throws Unsupported {
    try {
      return Calls.open(type.getDeclaredConstructor(String.class));
    } catch (NoSuchMethodException noNameWanted) {
      try {
        return Calls.open(type.getDeclaredConstructor());
      } catch (NoSuchMethodException e) {
        throw new Unsupported("a test case that needs arguments");
      }
    }
  }
}
