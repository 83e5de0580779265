package dev.fettle.lab.framework;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TestNG, without its reports and its default listeners. */
final class TestNg implements TestFramework {
  private static final String TEST_NG = "org.testng.TestNG";

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
    Object proxy =
        Proxy.newProxyInstance(
            listener.getClassLoader(),
            new Class<?>[] {listener},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "toString" -> "fettle";
                  case "isEnabled" -> true;
                  default -> heard(method, arguments == null ? new Object[0] : arguments, events);
                });
    type.getMethod("addListener", Class.forName("org.testng.ITestNGListener"))
        .invoke(testNg, proxy);
    type.getMethod("run").invoke(testNg);
  }

  private static @Nullable Object heard(Method callback, Object[] arguments, TestEvents events)
      throws ReflectiveOperationException {
    if (!callback.getName().startsWith("onTest")) {
      return null;
    }
    Class<?> resultType = Class.forName("org.testng.ITestResult");
    Object result = arguments[0];
    Object method = resultType.getMethod("getMethod").invoke(result);
    String name =
        (String)
            Class.forName("org.testng.ITestNGMethod").getMethod("getMethodName").invoke(method);
    Class<?> declaring =
        (Class<?>)
            Class.forName("org.testng.ITestNGMethod").getMethod("getRealClass").invoke(method);
    String className = declaring.getName();
    switch (callback.getName()) {
      case "onTestStart" -> events.started(className, name);
      case "onTestSuccess", "onTestFailedButWithinSuccessPercentage" ->
          events.passed(className, name);
      case "onTestSkipped" -> events.skipped(className, name);
      default ->
          events.failed(
              className, name, (Throwable) resultType.getMethod("getThrowable").invoke(result));
    }
    return null;
  }
}
