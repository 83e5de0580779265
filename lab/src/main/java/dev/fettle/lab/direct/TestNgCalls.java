package dev.fettle.lab.direct;

import dev.fettle.lab.direct.DirectClass.Unsupported;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TestNG: one instance for all methods of a class, which run by name. */
final class TestNgCalls {
  private static final String TEST_NG = "org.testng.annotations.";
  private static final Set<String> KNOWN =
      Set.of("Test", "BeforeMethod", "AfterMethod", "BeforeClass", "AfterClass", "Ignore");
  private static final List<String> UNSUPPORTED_ELEMENTS =
      List.of(
          "dataProvider",
          "dependsOnMethods",
          "dependsOnGroups",
          "retryAnalyzer",
          "expectedExceptionsMessageRegExp");

  private TestNgCalls() {}

  static boolean recognizes(Class<?> testClass) {
    return testOfClass(testClass).isPresent()
        || !Calls.methods(testClass, TEST_NG + "Test").isEmpty();
  }

  private static Optional<Annotation> testOfClass(Class<?> type) {
    for (Class<?> c : Calls.hierarchy(type)) {
      Optional<Annotation> test = Calls.annotation(c, TEST_NG + "Test");
      if (test.isPresent()) {
        return test;
      }
    }
    return Optional.empty();
  }

  static DirectClass of(Class<?> testClass) throws Throwable {
    for (Class<?> c : Calls.hierarchy(testClass)) {
      refuseUnknown(Calls.annotations(c));
      for (Method method : c.getDeclaredMethods()) {
        refuseUnknown(Calls.annotations(method));
      }
    }
    Constructor<?> constructor;
    try {
      constructor = Calls.open(testClass.getDeclaredConstructor());
    } catch (NoSuchMethodException e) {
      throw new Unsupported("a constructor that wants arguments");
    }
    List<Object> one = new ArrayList<>();
    Fixture fixture =
        new Fixture(
            null,
            () -> {
              one.clear();
              one.add(Calls.create(constructor));
              for (Method method : fixtures(testClass, "BeforeClass", false)) {
                Calls.call(method, one.get(0));
              }
            },
            () -> {
              for (Method method : fixtures(testClass, "AfterClass", true)) {
                Calls.call(method, one.get(0));
              }
            });
    List<DirectTest> tests = new ArrayList<>();
    for (Method method : testMethods(testClass)) {
      if (!disabled(method)) { // TestNG reports nothing of those
        tests.add(test(testClass, method, fixture, one));
      }
    }
    return new DirectClass(testClass.getName(), "TestNG", tests, List.of(fixture));
  }

  private static DirectTest test(
      Class<?> testClass, Method method, Fixture fixture, List<Object> one) throws Unsupported {
    Unsupported.when(method.getParameterCount() > 0, "a method that wants arguments");
    List<Method> before = fixtures(testClass, "BeforeMethod", false);
    List<Method> after = fixtures(testClass, "AfterMethod", true);
    Optional<Annotation> own = Calls.annotation(method, TEST_NG + "Test");
    List<Class<?>> expected = own.map(TestNgCalls::expected).orElse(List.of());
    Body body =
        () -> {
          for (Method each : before) {
            Calls.call(each, one.get(0));
          }
          Throwable thrown =
              judged(Fixture.thrownBy(() -> Calls.call(method, one.get(0))), expected);
          for (Method each : after) {
            Calls.call(each, one.get(0));
          }
          if (thrown != null) {
            throw thrown;
          }
        };
    return new DirectTest(testClass.getName(), method.getName(), fixture, body, false);
  }

  private static boolean disabled(Method method) {
    return Calls.has(method, TEST_NG + "Ignore")
        || Calls.annotation(method, TEST_NG + "Test")
            .map(t -> !(Boolean) Calls.value(t, "enabled"))
            .orElse(false);
  }

  private static List<Class<?>> expected(Annotation test) {
    return List.of((Class<?>[]) Calls.value(test, "expectedExceptions"));
  }

  private static @Nullable Throwable judged(@Nullable Throwable thrown, List<Class<?>> expected) {
    if (expected.isEmpty()) {
      return thrown;
    }
    return thrown != null && expected.stream().anyMatch(e -> e.isInstance(thrown))
        ? null
        : new AssertionError("expected one of " + expected, thrown);
  }

  private static List<Method> testMethods(Class<?> testClass) throws Unsupported {
    List<Method> methods = new ArrayList<>(Calls.methods(testClass, TEST_NG + "Test"));
    Optional<Annotation> ofClass = testOfClass(testClass);
    if (ofClass.isPresent()) {
      refuseSettings(ofClass.get());
      for (Class<?> c : Calls.hierarchy(testClass)) {
        for (Method method : c.getDeclaredMethods()) {
          if (Modifier.isPublic(method.getModifiers())
              && !Modifier.isStatic(method.getModifiers())
              && method.getReturnType() == void.class
              && ofTestNg(Calls.annotations(method)).isEmpty()) {
            methods.add(Calls.open(method));
          }
        }
      }
    }
    for (Method method : methods) {
      Optional<Annotation> own = Calls.annotation(method, TEST_NG + "Test");
      if (own.isPresent()) {
        refuseSettings(own.get());
      }
    }
    methods.sort(Comparator.comparing(Method::getName));
    return methods;
  }

  private static void refuseSettings(Annotation test) throws Unsupported {
    for (String element : UNSUPPORTED_ELEMENTS) {
      boolean given =
          element.equals("retryAnalyzer")
              ? !Calls.value(test, element).toString().contains("Disabled")
              : Calls.given(test, element) && !Calls.value(test, element).equals(".*");
      Unsupported.when(given, "@Test with " + element);
    }
    Unsupported.when((Integer) Calls.value(test, "invocationCount") != 1, "repeated methods");
    Unsupported.when((Integer) Calls.value(test, "priority") != 0, "methods in a given order");
    Unsupported.when((Long) Calls.value(test, "timeOut") != 0, "methods with a time limit");
  }

  private static List<Method> fixtures(Class<?> type, String annotation, boolean reversed)
      throws Unsupported {
    List<Method> methods = new ArrayList<>(Calls.methods(type, TEST_NG + annotation));
    for (Method method : methods) {
      Unsupported.when(method.getParameterCount() > 0, "a fixture that wants arguments");
    }
    if (reversed) {
      Collections.reverse(methods);
    }
    return methods;
  }

  private static void refuseUnknown(List<Annotation> annotations) throws Unsupported {
    for (Annotation annotation : ofTestNg(annotations)) {
      String name = annotation.annotationType().getSimpleName();
      Unsupported.when(!KNOWN.contains(name), "@" + name);
    }
  }

  private static List<Annotation> ofTestNg(List<Annotation> annotations) {
    return annotations.stream()
        .filter(a -> a.annotationType().getName().startsWith(TEST_NG))
        .toList();
  }
}
