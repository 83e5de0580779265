package dev.fettle.lab.direct;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tests of one class, to be called directly. Only what the rules below cover is: JUnit 3 test
 * cases and suites; JUnit 4 with its own runners, rules, parameters and class rules that are
 * resources; JUnit 5 without extensions; TestNG without data providers and dependencies. Confined
 * to the thread that runs the tests.
 */
public final class DirectClass implements AutoCloseable {
  /** The reason given for a class without tests of a framework that is known here. */
  public static final String NO_TESTS = "no test framework known here";

  private final String name;
  private final String framework;
  private final List<DirectTest> tests;
  private final List<Fixture> fixtures;

  DirectClass(String name, String framework, List<DirectTest> tests, List<Fixture> fixtures) {
    this.name = name;
    this.framework = framework;
    this.tests = List.copyOf(tests);
    this.fixtures = List.copyOf(fixtures);
  }

  /** Whether a class can be called directly. */
  public sealed interface Plan {
    /** It can. */
    record Direct(DirectClass tests) implements Plan {}

    /** Only the framework's own launcher runs it as the build does; {@code reason} for people. */
    record ByLauncher(String reason) implements Plan {}
  }

  /** Why a class is left to the launcher. */
  static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1;

    Unsupported(String reason) {
      super(reason);
    }

    static void when(boolean condition, String reason) throws Unsupported {
      if (condition) {
        throw new Unsupported(reason);
      }
    }
  }

  /**
   * Plans it. Runs static initializers of the class, and its parameter methods.
   *
   * @param tagged whether the build selects tests by group or tag
   */
  public static Plan plan(Class<?> testClass, boolean tagged) {
    if (tagged) {
      return new Plan.ByLauncher("the build selects tests by group or tag");
    }
    try {
      return new Plan.Direct(direct(testClass));
    } catch (Unsupported e) {
      return new Plan.ByLauncher(String.valueOf(e.getMessage()));
    } catch (Throwable ofTheCodeUnderTest) { // a firebreak: planning runs code under test
      return new Plan.ByLauncher("planning ended with " + Calls.unwrapped(ofTheCodeUnderTest));
    }
  }

  private static DirectClass direct(Class<?> testClass) throws Throwable {
    if (Calls.isA(testClass, "junit.framework.TestCase") || JUnit3Calls.hasSuite(testClass)) {
      return JUnit3Calls.of(testClass);
    } else if (JUnit4Calls.recognizes(testClass)) {
      return JUnit4Calls.of(testClass);
    } else if (JupiterCalls.recognizes(testClass)) {
      return JupiterCalls.of(testClass);
    } else if (TestNgCalls.recognizes(testClass)) {
      return TestNgCalls.of(testClass);
    }
    throw new Unsupported(NO_TESTS);
  }

  /** Binary name. */
  public String name() {
    return name;
  }

  /** For people. */
  public String framework() {
    return framework;
  }

  /** In the framework's order. */
  public List<DirectTest> tests() {
    return tests;
  }

  /**
   * Ends what its tests shared, innermost first; a later run begins it anew.
   *
   * @return what that threw
   */
  public List<Throwable> end() {
    List<Throwable> thrown = new ArrayList<>();
    for (int i = fixtures.size() - 1; i >= 0; i--) {
      @Nullable Throwable one = fixtures.get(i).end();
      if (one != null) {
        thrown.add(one);
      }
    }
    return thrown;
  }

  @Override
  public void close() {
    List<Throwable> ofTheCodeUnderTest = end();
    assert ofTheCodeUnderTest != null;
  }
}
