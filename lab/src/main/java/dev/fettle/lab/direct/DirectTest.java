package dev.fettle.lab.direct;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One test method that can be called again and again. Each run makes its own instance of the test
 * class, where the framework would. Confined to the thread that runs the tests.
 */
public final class DirectTest {
  private static final Set<String> ABORTED =
      Set.of(
          "org.junit.AssumptionViolatedException",
          "org.junit.internal.AssumptionViolatedException",
          "org.opentest4j.TestAbortedException",
          "org.testng.SkipException");

  private final String className;
  private final String method;
  private final Fixture fixture;
  private final Body body;
  private final boolean disabled;

  DirectTest(String className, String method, Fixture fixture, Body body, boolean disabled) {
    this.className = className;
    this.method = method;
    this.fixture = fixture;
    this.body = body;
    this.disabled = disabled;
  }

  /** How a run ended. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  /** The status, and what was thrown when it failed or was given up. */
  public record Verdict(Status status, @Nullable Throwable thrown) {}

  /** Binary name of the class that the framework would report. */
  public String className() {
    return className;
  }

  /** The method; with the number of its parameters, as {@code name[1]}, where it has some. */
  public String method() {
    return method;
  }

  /**
   * Whether the framework would not run it.
   *
   * @return true also where a run gives {@code SKIPPED} at once
   */
  public boolean disabled() {
    return disabled;
  }

  /** Runs it with its fixture; never throws. */
  public Verdict run() {
    if (disabled) {
      return new Verdict(Status.SKIPPED, null);
    }
    Throwable thrown =
        Fixture.thrownBy(
            () -> {
              fixture.begin();
              body.call();
            });
    if (thrown == null) {
      return new Verdict(Status.PASSED, null);
    }
    return new Verdict(aborted(thrown) ? Status.SKIPPED : Status.FAILED, thrown);
  }

  private static boolean aborted(Throwable thrown) {
    return ABORTED.stream().anyMatch(name -> Calls.isA(thrown.getClass(), name));
  }
}
