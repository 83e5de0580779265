package dev.fettle.lab.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.opentest4j.TestAbortedException;

class DirectClassTest {
  private static final List<String> LOG = new ArrayList<>();

  @Test
  void runsJupiterMethodsInTheirLifeCycle() {
    LOG.clear();
    try (DirectClass tests = direct(Sample.class)) {
      Map<String, String> verdicts = new TreeMap<>();
      tests.tests().forEach(t -> verdicts.put(t.method(), t.run().status().name()));

      assertThat(verdicts)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "passes", "PASSED",
                  "fails", "FAILED",
                  "isGivenUp", "SKIPPED",
                  "isOff", "SKIPPED",
                  "repeats[1]", "PASSED",
                  "repeats[2]", "PASSED",
                  "inside", "PASSED"));
    }
    assertThat(LOG).startsWith("beforeAll", "beforeEach").endsWith("afterEach", "afterAll");
    assertThat(LOG).contains("inner", "inside");
  }

  @Test
  void makesAFreshInstanceForEachRun() {
    try (DirectClass tests = direct(Sample.class)) {
      DirectTest test =
          tests.tests().stream().filter(t -> t.method().equals("passes")).findFirst().get();

      assertThat(test.run().status()).isEqualTo(DirectTest.Status.PASSED);
      assertThat(test.run().status()).isEqualTo(DirectTest.Status.PASSED);
    }
  }

  @Test
  void leavesExtensionsToTheLauncher() {
    assertThat(DirectClass.plan(Extended.class, false))
        .isEqualTo(new DirectClass.Plan.ByLauncher("@ExtendWith"));
  }

  @Test
  void leavesTaggedBuildsToTheLauncher() {
    assertThat(DirectClass.plan(Sample.class, true))
        .isInstanceOf(DirectClass.Plan.ByLauncher.class);
  }

  @Test
  void leavesWhatIsNoTestToTheLauncher() {
    assertThat(DirectClass.plan(String.class, false))
        .isEqualTo(new DirectClass.Plan.ByLauncher("no test framework known here"));
  }

  private static DirectClass direct(Class<?> type) {
    DirectClass.Plan plan = DirectClass.plan(type, false);
    assertThat(plan).isInstanceOf(DirectClass.Plan.Direct.class);
    return ((DirectClass.Plan.Direct) plan).tests();
  }

  /** Not run by the build: its name matches no pattern. */
  static class Sample {
    private int runs;

    @BeforeAll
    static void beforeAll() {
      LOG.add("beforeAll");
    }

    @AfterAll
    static void afterAll() {
      LOG.add("afterAll");
    }

    @BeforeEach
    void beforeEach() {
      LOG.add("beforeEach");
    }

    @AfterEach
    void afterEach() {
      LOG.add("afterEach");
    }

    @Test
    void passes() {
      assertThat(++runs).isEqualTo(1);
    }

    @Test
    void fails() {
      throw new IllegalStateException("as it should");
    }

    @Test
    void isGivenUp() {
      throw new TestAbortedException("not here");
    }

    @Disabled("the sample of a test that is off")
    @Test
    void isOff() {
      throw new IllegalStateException("never run");
    }

    @RepeatedTest(2)
    void repeats() {}

    @Nested
    class Inner {
      @BeforeEach
      void before() {
        LOG.add("inner");
      }

      @Test
      void inside() {
        LOG.add("inside");
      }
    }
  }

  static class Nothing implements Extension {}

  @ExtendWith(Nothing.class)
  static class Extended {
    @Test
    void passes() {}
  }
}
