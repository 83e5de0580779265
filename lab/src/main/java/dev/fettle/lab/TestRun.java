package dev.fettle.lab;

import dev.fettle.lab.framework.TestFramework;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;

/** Runs test classes in a class loader of their own and tells what became of each method. */
final class TestRun {
  private final Application application;
  private final TestFramework framework;
  private final Sink sink;
  private final PrintStream silent;

  /** Where messages go. */
  interface Sink {
    void send(Message message) throws IOException;
  }

  TestRun(Application application, TestFramework framework, Sink sink, PrintStream silent) {
    this.application = application;
    this.framework = framework;
    this.sink = sink;
    this.silent = silent;
  }

  /** Runs tests without an application context first, each group in the order given. */
  void run(Message.Run request) throws IOException {
    Coverage coverage = request.coverage() ? new Coverage() : null;
    Properties properties = (Properties) System.getProperties().clone();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    JobLoader loader = new JobLoader(application, request, coverage);
    Thread.currentThread().setContextClassLoader(loader);
    try {
      List<Planned> plain = new ArrayList<>();
      List<Planned> contexts = new ArrayList<>();
      for (String name : request.testClasses()) {
        Planned planned = plan(loader, name);
        (planned.context() ? contexts : plain).add(planned);
      }
      if (!request.plainOnly()) {
        plain.addAll(contexts);
      }
      for (Planned planned : plain) {
        runOne(planned, loader, coverage);
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

  /** A test class, or why it cannot be loaded. */
  private record Planned(
      String name, Optional<Class<?>> type, boolean context, Optional<Throwable> failure) {}

  /** A firebreak: loading runs no code of the class, but the class may be broken in any way. */
  private static Planned plan(JobLoader loader, String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return new Planned(name, Optional.of(type), Contexts.startsOne(type), Optional.empty());
    } catch (ClassNotFoundException | LinkageError e) {
      return new Planned(name, Optional.empty(), false, Optional.of(e));
    }
  }

  private void runOne(
      Planned planned, JobLoader loader, @org.jspecify.annotations.Nullable Coverage coverage)
      throws IOException {
    long start = System.nanoTime();
    Reporter reporter = new Reporter(loader);
    if (planned.type().isPresent()) {
      try {
        framework.run(planned.type().get(), reporter);
      } catch (InvocationTargetException e) {
        reporter.failed(planned.name(), "<class>", e.getCause() == null ? e : e.getCause());
      } catch (ReflectiveOperationException | LinkageError e) {
        reporter.failed(planned.name(), "<class>", e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    } else {
      reporter.failed(planned.name(), "<class>", planned.failure().orElseThrow());
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    List<String> lasting = coverage == null ? List.of() : coverage.takeLasting();
    List<String> entered = coverage == null ? List.of() : coverage.take();
    sink.send(new Message.ClassDone(planned.name(), millis, planned.context(), entered, lasting));
  }

  private final class Reporter implements TestFramework.TestEvents {
    private final JobLoader loader;

    Reporter(JobLoader loader) {
      this.loader = loader;
    }

    @Override
    public void started(String className, String method) {
      send(new Message.Started(className, method));
    }

    @Override
    public void passed(String className, String method) {
      send(new Message.Finished(className, method, "PASSED", Optional.empty()));
    }

    @Override
    public void failed(String className, String method, Throwable thrown) {
      Message.Thrown trace = new Trace(loader::isMain).of(thrown);
      send(new Message.Finished(className, method, "FAILED", Optional.of(trace)));
    }

    @Override
    public void skipped(String className, String method) {
      send(new Message.Finished(className, method, "SKIPPED", Optional.empty()));
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
