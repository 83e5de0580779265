package dev.fettle.lab;

import dev.fettle.lab.direct.DirectClass;
import dev.fettle.lab.direct.DirectTest;
import dev.fettle.lab.framework.TestFramework;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Runs test classes test by test, in a class loader of their own: by direct calls where that is
 * known to do what the framework does, else by its launcher. Confined to the session's thread.
 */
final class DrivenRun {
  private final Application application;
  private final TestFramework framework;
  private final boolean tagged;
  private final TestRun.Sink sink;
  private final PrintStream silent;

  DrivenRun(
      Application application,
      TestFramework framework,
      Message.Setup setup,
      TestRun.Sink sink,
      PrintStream silent) {
    this.application = application;
    this.framework = framework;
    this.tagged = !setup.groups().isEmpty() || !setup.excludedGroups().isEmpty();
    this.sink = sink;
    this.silent = silent;
  }

  void run(Message.Drive request) throws IOException {
    LineCoverage coverage =
        request.lines() || request.limitMillis() > 0 ? new LineCoverage() : null;
    Properties properties = (Properties) System.getProperties().clone();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    JobLoader loader =
        new JobLoader(application, request.overlay(), request.recompiled(), coverage);
    Thread.currentThread().setContextClassLoader(loader);
    try (TimeLimit limit = new TimeLimit(loader, request.limitMillis())) {
      for (String name : request.testClasses()) {
        long start = System.nanoTime();
        Reporter reporter = new Reporter(loader, coverage, limit, wanted(name, request));
        boolean context = runOne(name, request, loader, reporter);
        long millis = (System.nanoTime() - start) / 1_000_000;
        sink.send(new Message.ClassDone(name, millis, context, List.of(), List.of()));
      }
    } finally {
      Contexts.close(LabMain.class.getClassLoader());
      Thread.currentThread().setContextClassLoader(LabMain.class.getClassLoader());
      System.setProperties(properties);
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      System.setOut(silent);
      System.setErr(silent);
      loader.close();
    }
  }

  /** Whether the class starts an application context. */
  private boolean runOne(String name, Message.Drive request, JobLoader loader, Reporter reporter)
      throws IOException {
    Class<?> type;
    boolean context;
    try {
      type = Class.forName(name, false, loader);
      context = Contexts.startsOne(type);
    } catch (ClassNotFoundException | LinkageError e) {
      reporter.failed(name, "<class>", e);
      return false;
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return false; // what the patterns of the build match and no framework runs
    }
    if (request.mode().equals("DIRECT") && !context) {
      DirectClass.Plan plan = DirectClass.plan(type, tagged);
      if (plan instanceof DirectClass.Plan.Direct direct) {
        sink.send(new Message.RunBy(name, "direct", direct.tests().framework()));
        runDirectly(direct.tests(), reporter);
        return false;
      } else if (plan instanceof DirectClass.Plan.ByLauncher launcher) {
        if (launcher.reason().equals(DirectClass.NO_TESTS)
            && !framework.name().equals("JUnit Platform")) {
          return false; // a helper that is named as tests are; only the platform has other engines
        }
        sink.send(new Message.RunBy(name, "launcher", launcher.reason()));
      }
    } else {
      sink.send(new Message.RunBy(name, "launcher", framework.name()));
    }
    launch(type, reporter);
    return context;
  }

  /** {@code class#method} of those to run; empty for all. */
  private static Set<String> wanted(String testClass, Message.Drive request) {
    Set<String> wanted = new HashSet<>();
    for (String method : request.methods()) {
      if (method.startsWith(testClass + "#") || method.startsWith(testClass + "$")) {
        wanted.add(method);
      }
    }
    return wanted;
  }

  private static void runDirectly(DirectClass tests, Reporter reporter) {
    for (DirectTest test : tests.tests()) {
      if (!reporter.wants(test)) {
        continue;
      }
      reporter.started(test.className(), test.method());
      DirectTest.Verdict verdict = test.run();
      switch (verdict.status()) {
        case PASSED -> reporter.passed(test.className(), test.method());
        case SKIPPED -> reporter.skipped(test.className(), test.method());
        case FAILED ->
            reporter.failed(
                test.className(),
                test.method(),
                Optional.ofNullable(verdict.thrown()).orElseGet(AssertionError::new));
      }
    }
    for (Throwable thrown : tests.end()) {
      reporter.failed(tests.name(), "<class>", thrown);
    }
  }

  private void launch(Class<?> type, Reporter reporter) throws IOException {
    try {
      framework.run(type, reporter);
    } catch (InvocationTargetException e) {
      reporter.failed(type.getName(), "<class>", e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | IllegalStateException | LinkageError e) {
      reporter.failed(type.getName(), "<class>", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private final class Reporter implements TestFramework.TestEvents {
    private final JobLoader loader;
    private final @Nullable LineCoverage coverage;
    private final TimeLimit limit;
    private final Set<String> wanted;

    Reporter(
        JobLoader loader, @Nullable LineCoverage coverage, TimeLimit limit, Set<String> wanted) {
      this.loader = loader;
      this.coverage = coverage;
      this.limit = limit;
      this.wanted = wanted;
    }

    boolean wants(DirectTest test) {
      return wanted.isEmpty() || wanted.contains(test.className() + "#" + test.method());
    }

    @Override
    public void started(String className, String method) {
      if (coverage != null && !method.equals("<class>")) {
        coverage.take();
      }
      send(new Message.Started(className, method));
      limit.started();
    }

    @Override
    public void passed(String className, String method) {
      limit.ended(null);
      ended(className, method, "PASSED", Optional.empty());
    }

    @Override
    public void failed(String className, String method, Throwable thrown) {
      limit.ended(thrown);
      ended(className, method, "FAILED", Optional.of(new Trace(loader::isMain).of(thrown)));
    }

    @Override
    public void skipped(String className, String method) {
      limit.ended(null);
      ended(className, method, "SKIPPED", Optional.empty());
    }

    private void ended(
        String className, String method, String status, Optional<Message.Thrown> thrown) {
      if (coverage != null) {
        send(new Message.Covered(className, method, coverage.take()));
      }
      send(new Message.Finished(className, method, status, thrown));
    }

    private void send(Message message) {
      try {
        sink.send(message);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
