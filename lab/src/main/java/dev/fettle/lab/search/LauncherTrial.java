package dev.fettle.lab.search;

import dev.fettle.lab.framework.TestFramework;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A test method that only the framework's launcher runs as the build does: its whole class runs,
 * and the method's own end counts. A skipped test passes.
 */
record LauncherTrial(Class<?> type, String className, String method) implements Trial {
  @Override
  public @Nullable Throwable run() {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    AtomicBoolean ran = new AtomicBoolean();
    try {
      TestFramework.ofAll().run(type, new OwnEnd(this, failure, ran));
      // A class that cannot be loaded has no tests for a launcher, and that is no success.
      return ran.get() ? failure.get() : new NotRun("no test of " + className + " ran");
    } catch (ReflectiveOperationException | IllegalStateException | LinkageError e) {
      return e;
    }
  }

  private record OwnEnd(
      LauncherTrial trial, AtomicReference<@Nullable Throwable> failure, AtomicBoolean ran)
      implements TestFramework.TestEvents {
    @Override
    public void started(String className, String method) {}

    @Override
    public void passed(String className, String method) {
      ran.set(true);
    }

    @Override
    public void failed(String className, String method, Throwable thrown) {
      ran.set(true);
      boolean own = className.equals(trial.className()) && method.equals(trial.method());
      if (own || method.equals("<class>")) {
        failure.compareAndSet(null, thrown);
      }
    }

    @Override
    public void skipped(String className, String method) {
      ran.set(true);
    }
  }
}
