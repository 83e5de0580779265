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

  private final Class<?> suiteType;
  private final @Nullable Method suite;

  private JUnit3Calls(Class<?> suiteType, @Nullable Method suite) {
    this.suiteType = suiteType;
    this.suite = suite;
  }

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
    JUnit3Calls calls = new JUnit3Calls(suiteType, suite);
    for (Object test : calls.flat(all)) {
      calls.addCase(test);
    }
    return new DirectClass(testClass.getName(), "JUnit 3", calls.tests, List.of());
  }

  /** The test cases of a suite, in its order. */
  private List<Object> flat(@Nullable Object suiteOrTest) throws Throwable {
    List<Object> cases = new ArrayList<>();
    collect(suiteOrTest, cases);
    return cases;
  }

  private void collect(@Nullable Object test, List<Object> cases) throws Throwable {
    if (test != null && test.getClass().getName().equals(SUITE)) {
      Enumeration<?> elements = (Enumeration<?>) Calls.call(suiteType.getMethod("tests"), test);
      if (elements != null) {
        for (Object element : Collections.list(elements)) {
          collect(element, cases);
        }
      }
      return;
    }
    if (test == null || !Calls.isA(test.getClass(), CASE)) {
      throw new Unsupported("a suite with more than plain test cases");
    }
    cases.add(test);
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
    int place = tests.size();
    Body body =
        () -> {
          Object fresh = constructor == null ? again(place, type) : made(constructor, method);
          Calls.call(rename, fresh, method);
          Calls.call(bare, fresh);
        };
    tests.add(new DirectTest(type.getName(), method, none, body, false));
  }

  private static Object made(Constructor<?> constructor, String method) throws Throwable {
    return constructor.getParameterCount() == 1
        ? Calls.create(constructor, method)
        : Calls.create(constructor);
  }

  /** What the class's own suite makes with arguments that only it knows, made anew by it. */
  private Object again(int place, Class<?> type) throws Throwable {
    List<Object> cases = flat(suite == null ? null : Calls.call(suite, null));
    if (place >= cases.size() || !cases.get(place).getClass().equals(type)) {
      throw new IllegalStateException("the suite holds other tests than before");
    }
    return cases.get(place);
  }

  /** Null for one that needs arguments which only a suite of its own knows. */
  private @Nullable Constructor<?> constructor(Class<?> type) throws Unsupported {
    try {
      return Calls.open(type.getDeclaredConstructor(String.class));
    } catch (NoSuchMethodException noNameWanted) {
      try {
        return Calls.open(type.getDeclaredConstructor());
      } catch (NoSuchMethodException e) {
        Unsupported.when(suite == null, "a test case that needs arguments");
        return null;
      }
    }
  }
}
