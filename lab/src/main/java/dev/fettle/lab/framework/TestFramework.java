package dev.fettle.lab.framework;

import dev.fettle.lab.protocol.Message;
import java.util.Optional;

/** What runs a project's tests. Reached by reflection: its jars are the project's own. */
public interface TestFramework {
  /** For people. */
  String name();

  /** Runs all tests of one class. Returns when they ended; throws when it cannot run them. */
  void run(Class<?> testClass, TestEvents events) throws ReflectiveOperationException;

  /** Hears of every test method. Exceptions of the callbacks end the run. */
  interface TestEvents {
    void started(String className, String method);

    void passed(String className, String method);

    void failed(String className, String method, Throwable thrown);

    void skipped(String className, String method);
  }

  /** The best one on the class path, for tests of all groups. */
  static TestFramework ofAll() {
    return JUnitPlatform.find(java.util.List.of(), java.util.List.of())
        .or(JUnit4::find)
        .or(TestNg::find)
        .orElseGet(NoFramework::new);
  }

  /** The best one on the class path; {@link NoFramework} when there is none. */
  static TestFramework of(Message.Setup setup) {
    Optional<TestFramework> found =
        JUnitPlatform.find(setup.groups(), setup.excludedGroups())
            .or(JUnit4::find)
            .or(TestNg::find);
    return found.orElseGet(NoFramework::new);
  }

  /** Whether the class path has a class of that name. */
  static boolean present(String className) {
    return TestFramework.class.getClassLoader().getResource(className.replace('.', '/') + ".class")
        != null;
  }

  /** A module without tests: it can compile, and generated tests have nothing to run them. */
  final class NoFramework implements TestFramework {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public void run(Class<?> testClass, TestEvents events) {
      throw new IllegalStateException(
          "no test framework on the class path: wanted the JUnit Platform launcher, JUnit 4 or"
              + " TestNG");
    }
  }
}
