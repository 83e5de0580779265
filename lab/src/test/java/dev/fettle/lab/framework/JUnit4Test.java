package dev.fettle.lab.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Ignore;
import org.junit.Test;
import org.junit.experimental.runners.Enclosed;
import org.junit.runner.RunWith;

class JUnit4Test {
  @org.junit.jupiter.api.Test
  void reportsEachTestOfAClass() throws ReflectiveOperationException {
    assertThat(events(Plain.class))
        .containsExactlyInAnyOrder("passed passes", "failed fails", "skipped off");
  }

  @org.junit.jupiter.api.Test
  void countsNoTestAsPassedThatNeverRan() throws ReflectiveOperationException {
    assertThat(events(BrokenBefore.class))
        .containsExactlyInAnyOrder("skipped one", "skipped two", "failed <class>");
  }

  @org.junit.jupiter.api.Test
  void keepsWhatRanWhereOnlyTheEndOfTheClassFails() throws ReflectiveOperationException {
    assertThat(events(BrokenAfter.class)).containsExactlyInAnyOrder("passed one", "failed <class>");
  }

  @org.junit.jupiter.api.Test
  void skipsOnlyWhatLiesBelowTheClassThatFailed() throws ReflectiveOperationException {
    assertThat(events(Both.class))
        .containsExactlyInAnyOrder(
            "passed passes",
            "failed fails",
            "skipped off",
            "skipped one",
            "skipped two",
            "failed <class>");
  }

  private static List<String> events(Class<?> testClass) throws ReflectiveOperationException {
    List<String> events = new ArrayList<>();
    new JUnit4()
        .run(
            testClass,
            new TestFramework.TestEvents() {
              @Override
              public void started(String className, String method) {}

              @Override
              public void passed(String className, String method) {
                events.add("passed " + method);
              }

              @Override
              public void failed(String className, String method, Throwable thrown) {
                events.add("failed " + method);
              }

              @Override
              public void skipped(String className, String method) {
                events.add("skipped " + method);
              }
            });
    return events;
  }

  public static class Plain {
    @Test
    public void passes() {}

    @Test
    public void fails() {
      throw new IllegalStateException("on purpose");
    }

    @Ignore
    @Test
    public void off() {}
  }

  public static class BrokenBefore {
    @BeforeClass
    public static void breaks() {
      throw new IllegalStateException("on purpose");
    }

    @Test
    public void one() {}

    @Test
    public void two() {}
  }

  public static class BrokenAfter {
    @AfterClass
    public static void breaks() {
      throw new IllegalStateException("on purpose");
    }

    @Test
    public void one() {}
  }

  @RunWith(Enclosed.class)
  public static class Both {
    public static class First extends Plain {}

    public static class Second extends BrokenBefore {}
  }
}
