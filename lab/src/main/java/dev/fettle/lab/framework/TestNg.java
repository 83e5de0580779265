package dev.fettle.lab.framework;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TestNG, without its reports and its default listeners. TestNG skips the tests whose configuration
 * methods failed: those have failed here, with what the configuration threw, as they do where tests
 * are called directly. A configuration that fails after the tests is a failure of its own name.
 */
final class TestNg implements TestFramework {
  private static final String TEST_NG = "org.testng.TestNG";

  /** Where TestNG has had this listener: by version. */
  private static final List<String> CONFIGURATIONS =
      List.of("org.testng.IConfigurationListener", "org.testng.internal.IConfigurationListener");

  static Optional<TestFramework> find() {
    return TestFramework.present(TEST_NG) ? Optional.of(new TestNg()) : Optional.empty();
  }

  @Override
  public String name() {
    return "TestNG";
  }

  @Override
  public void run(Class<?> testClass, TestEvents events) throws ReflectiveOperationException {
    Class<?> type = Class.forName(TEST_NG);
    Object testNg = type.getConstructor(boolean.class).newInstance(false);
    type.getMethod("setVerbose", int.class).invoke(testNg, 0);
    type.getMethod("setTestClasses", Class[].class)
        .invoke(testNg, (Object) new Class<?>[] {testClass});
    Class<?> listener = Class.forName("org.testng.ITestListener");
    Heard heard = new Heard(events);
    Object proxy =
        Proxy.newProxyInstance(
            listener.getClassLoader(),
            interfaces(listener),
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> "fettle";
                  case "isEnabled" -> true;
                  default -> heard.event(method, arguments == null ? new Object[0] : arguments);
                });
    type.getMethod("addListener", Class.forName("org.testng.ITestNGListener"))
        .invoke(testNg, proxy);
    type.getMethod("run").invoke(testNg);
    heard.end();
  }

  private static Class<?>[] interfaces(Class<?> listener) throws ReflectiveOperationException {
    for (String name : CONFIGURATIONS) {
      if (TestFramework.present(name)) {
        return new Class<?>[] {listener, Class.forName(name)};
      }
    }
    return new Class<?>[] {listener};
  }

  /** What TestNG says, test by test. Confined to the thread that runs it. */
  private static final class Heard {
    private final TestEvents events;
    private @Nullable Throwable configuration;
    private String configurationOf = "";
    private String configurationName = "";
    private boolean told;

    Heard(TestEvents events) {
      this.events = events;
    }

    @Nullable Object event(Method callback, Object[] arguments)
        throws ReflectiveOperationException {
      String event = callback.getName();
      boolean ofConfiguration = event.equals("onConfigurationFailure");
      if (!event.startsWith("onTest") && !ofConfiguration) {
        return null;
      }
      Class<?> resultType = Class.forName("org.testng.ITestResult");
      Object result = arguments[0];
      Object method = resultType.getMethod("getMethod").invoke(result);
      Class<?> methodType = Class.forName("org.testng.ITestNGMethod");
      String name = (String) methodType.getMethod("getMethodName").invoke(method);
      String className = ((Class<?>) methodType.getMethod("getRealClass").invoke(method)).getName();
      Throwable thrown = (Throwable) resultType.getMethod("getThrowable").invoke(result);
      if (ofConfiguration) {
        end();
        configuration = thrown == null ? new AssertionError("TestNG gave no reason") : thrown;
        configurationOf = className;
        configurationName = name;
        told = false;
      } else {
        test(event, className, name, thrown);
      }
      return null;
    }

    private void test(String event, String className, String name, @Nullable Throwable thrown) {
      switch (event) {
        case "onTestStart" -> events.started(className, name);
        case "onTestSuccess", "onTestFailedButWithinSuccessPercentage" ->
            events.passed(className, name);
        case "onTestSkipped" -> {
          if (configuration == null) {
            events.skipped(className, name);
          } else {
            told = true;
            events.failed(className, name, configuration);
          }
        }
        default ->
            events.failed(
                className,
                name,
                thrown == null ? new AssertionError("TestNG gave no reason") : thrown);
      }
    }

    /** Tells of a configuration that failed and kept no test from running. */
    void end() {
      if (configuration != null && !told) {
        told = true;
        events.failed(configurationOf, configurationName, configuration);
      }
    }
  }
}
