package dev.fettle.lab.direct;

import dev.fettle.lab.direct.DirectClass.Unsupported;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JUnit 5: test, repeated and parameterized methods of classes and nested classes that no extension
 * takes part in, in Jupiter's order and life cycle.
 */
final class JupiterCalls {
  private static final String API = "org.junit.jupiter.api.";
  private static final String PARAMETERIZED = "org.junit.jupiter.params.ParameterizedTest";

  /** Annotations that change nothing that is called here. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          API + "Test",
          API + "RepeatedTest",
          API + "TestTemplate",
          API + "BeforeEach",
          API + "AfterEach",
          API + "BeforeAll",
          API + "AfterAll",
          API + "Nested",
          API + "Disabled",
          API + "DisplayName",
          API + "DisplayNameGeneration",
          API + "IndicativeSentencesGeneration",
          API + "Tag",
          API + "Tags",
          API + "TestInstance",
          API + "Timeout",
          API + "parallel.Execution",
          API + "parallel.ResourceLock",
          API + "parallel.Isolated");

  private final List<DirectTest> tests = new ArrayList<>();
  private final List<Fixture> fixtures = new ArrayList<>();

  private JupiterCalls() {}

  static boolean recognizes(Class<?> testClass) {
    for (Class<?> c : Calls.hierarchy(testClass)) {
      for (Method method : c.getDeclaredMethods()) {
        if (Calls.has(method, "org.junit.platform.commons.annotation.Testable")) {
          return true;
        }
      }
    }
    for (Class<?> nested : testClass.getDeclaredClasses()) {
      if (Calls.has(nested, API + "Nested")) {
        return true;
      }
    }
    return false;
  }

  static DirectClass of(Class<?> testClass) throws Throwable {
    Unsupported.when(
        JupiterCalls.class.getClassLoader().getResource("junit-platform.properties") != null
            || testClass.getResource("/junit-platform.properties") != null,
        "settings in junit-platform.properties");
    JupiterCalls calls = new JupiterCalls();
    calls.add(testClass, null, null, Optional.empty());
    return new DirectClass(testClass.getName(), "JUnit 5", calls.tests, calls.fixtures);
  }

  /** Makes the instance that a test runs on, outer instances first. */
  private interface Instances {
    List<Object> make() throws Throwable;
  }

  private void add(
      Class<?> type, @Nullable Fixture outer, @Nullable Level above, Optional<Instances> around)
      throws Throwable {
    refuseExtensions(type);
    boolean disabled = Calls.has(type, API + "Disabled") || (above != null && above.disabled());
    Instances instances = instances(type, around);
    List<Method> beforeAll = fixtureMethods(type, "BeforeAll");
    List<Method> afterAll = fixtureMethods(type, "AfterAll");
    Collections.reverse(afterAll);
    Fixture fixture =
        new Fixture(outer, () -> callAll(beforeAll, instances), () -> callAll(afterAll, instances));
    fixtures.add(fixture);
    List<Method> afterEach = fixtureMethods(type, "AfterEach");
    Collections.reverse(afterEach);
    Level level =
        new Level(instances, fixtureMethods(type, "BeforeEach"), afterEach, above, disabled);
    for (Method method : Calls.methods(type, "org.junit.platform.commons.annotation.Testable")) {
      if (!Calls.has(method, API + "Nested")) {
        addMethod(type, method, level, fixture);
      }
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      if (Calls.has(nested, API + "Nested")) {
        Unsupported.when(Modifier.isStatic(nested.getModifiers()), "a static nested test class");
        add(nested, fixture, level, Optional.of(instances));
      }
    }
  }

  /** One class of the nesting. */
  private record Level(
      Instances instances,
      List<Method> beforeEach,
      List<Method> afterEach,
      @Nullable Level above,
      boolean disabled) {

    int depth() {
      return above == null ? 0 : above.depth() + 1;
    }

    void before(List<Object> made) throws Throwable {
      if (above != null) {
        above.before(made);
      }
      for (Method method : beforeEach) {
        Calls.call(method, made.get(depth()));
      }
    }

    /** Runs all, whatever one throws; throws the first. */
    @Nullable Throwable after(List<Object> made, @Nullable Throwable thrown) {
      Throwable first = thrown;
      for (Method method : afterEach) {
        Throwable next = Fixture.thrownBy(() -> Calls.call(method, made.get(depth())));
        first = first == null ? next : first;
      }
      return above == null ? first : above.after(made, first);
    }
  }

  private void addMethod(Class<?> type, Method method, Level level, Fixture fixture)
      throws Throwable {
    refuseExtensions(method);
    Unsupported.when(Calls.has(method, API + "TestFactory"), "dynamic tests");
    boolean disabled = level.disabled() || Calls.has(method, API + "Disabled");
    Optional<Annotation> repeated = Calls.annotation(method, API + "RepeatedTest");
    boolean parameterized = Calls.has(method, PARAMETERIZED);
    Unsupported.when(
        !parameterized && method.getParameterCount() > 0, "a method that wants arguments");
    Unsupported.when(
        !parameterized && repeated.isEmpty() && !Calls.has(method, API + "Test"),
        "a test template");
    if (disabled) {
      tests.add(new DirectTest(type.getName(), method.getName(), fixture, Body.NOTHING, true));
    } else if (parameterized) {
      int number = 0;
      for (List<@Nullable Object> arguments : JupiterArguments.of(type, method)) {
        number++;
        add(type, method, "[" + number + "]", level, fixture, arguments);
      }
    } else if (repeated.isPresent()) {
      int times = (Integer) Calls.value(repeated.get(), "value");
      for (int number = 1; number <= times; number++) {
        add(type, method, "[" + number + "]", level, fixture, List.of());
      }
    } else {
      add(type, method, "", level, fixture, List.of());
    }
  }

  private void add(
      Class<?> type,
      Method method,
      String number,
      Level level,
      Fixture fixture,
      List<@Nullable Object> arguments) {
    Optional<Duration> limit = limit(method).or(() -> limit(type));
    @Nullable Object[] values = arguments.toArray();
    Body body =
        () -> {
          List<Object> made = level.instances().make();
          long start = System.nanoTime();
          Throwable thrown =
              Fixture.thrownBy(
                  () -> {
                    level.before(made);
                    Calls.call(method, made.get(level.depth()), values);
                  });
          long took = System.nanoTime() - start;
          thrown = level.after(made, thrown);
          if (thrown != null) {
            throw thrown;
          } else if (limit.isPresent() && took > limit.get().toNanos()) {
            throw new AssertionError("ran longer than " + limit.get());
          }
        };
    tests.add(new DirectTest(type.getName(), method.getName() + number, fixture, body, false));
  }

  private static Optional<Duration> limit(AnnotatedElement element) {
    return Calls.annotation(element, API + "Timeout")
        .map(
            t ->
                Duration.ofNanos(
                    ((TimeUnit) Calls.value(t, "unit")).toNanos((Long) Calls.value(t, "value"))));
  }

  private static Instances instances(Class<?> type, Optional<Instances> around) throws Unsupported {
    Constructor<?>[] constructors = type.getDeclaredConstructors();
    int wanted = around.isPresent() ? 1 : 0;
    Unsupported.when(
        constructors.length != 1 || constructors[0].getParameterCount() != wanted,
        "a constructor that wants arguments");
    Constructor<?> constructor = Calls.open(constructors[0]);
    boolean shared =
        Calls.annotation(type, API + "TestInstance")
            .map(i -> Calls.value(i, "value").toString().equals("PER_CLASS"))
            .orElse(false);
    Instances fresh =
        () -> {
          List<Object> made =
              around.isPresent() ? new ArrayList<>(around.get().make()) : new ArrayList<>();
          made.add(
              around.isPresent()
                  ? Calls.create(constructor, made.get(made.size() - 1))
                  : Calls.create(constructor));
          return made;
        };
    if (!shared) {
      return fresh;
    }
    Unsupported.when(around.isPresent(), "a nested class with one instance");
    List<Object> one = new ArrayList<>();
    return () -> {
      if (one.isEmpty()) {
        one.addAll(fresh.make());
      }
      return one;
    };
  }

  private static List<Method> fixtureMethods(Class<?> type, String annotation) throws Unsupported {
    List<Method> methods = new ArrayList<>(Calls.methods(type, API + annotation));
    for (Method method : methods) {
      refuseExtensions(method);
      Unsupported.when(method.getParameterCount() > 0, "a fixture that wants arguments");
    }
    return methods;
  }

  private static void callAll(List<Method> methods, Instances instances) throws Throwable {
    for (Method method : methods) {
      if (Modifier.isStatic(method.getModifiers())) {
        Calls.call(method, null);
      } else {
        List<Object> made = instances.make();
        Calls.call(method, made.get(made.size() - 1));
      }
    }
  }

  private static void refuseExtensions(Class<?> type) throws Unsupported {
    for (Class<?> c : Calls.hierarchy(type)) {
      refuseExtensions((AnnotatedElement) c);
      for (Field field : c.getDeclaredFields()) {
        refuseExtensions(field);
      }
      for (Class<?> i : c.getInterfaces()) {
        refuseExtensions((AnnotatedElement) i);
        for (Method method : i.getDeclaredMethods()) {
          Unsupported.when(
              !jupiter(method).isEmpty(), "an interface with test methods or fixtures");
        }
      }
    }
  }

  /** What Jupiter knows and this class does not is an extension, or close to one. */
  private static void refuseExtensions(AnnotatedElement element) throws Unsupported {
    boolean parameterized = Calls.has(element, PARAMETERIZED);
    for (Annotation annotation : jupiter(element)) {
      String name = annotation.annotationType().getName();
      boolean known =
          WITHOUT_EFFECT.contains(name)
              || (parameterized
                  && (name.startsWith("org.junit.jupiter.params.")
                      || name.equals(API + "extension.ExtendWith")));
      Unsupported.when(!known, "@" + annotation.annotationType().getSimpleName());
    }
  }

  private static List<Annotation> jupiter(AnnotatedElement element) {
    return Calls.annotations(element).stream()
        .filter(a -> a.annotationType().getName().startsWith("org.junit.jupiter."))
        .toList();
  }
}
