package dev.fettle.lab.search;

import dev.fettle.lab.direct.DirectClass;
import dev.fettle.lab.direct.DirectTest;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A test method of the project, called directly. A skipped test passes. */
final class MethodTrial implements Trial {
  private final DirectTest test;

  private MethodTrial(DirectTest test) {
    this.test = test;
  }

  @Override
  public @Nullable Throwable run() {
    DirectTest.Verdict verdict = test.run();
    if (verdict.status() != DirectTest.Status.FAILED) {
      return null;
    }
    return verdict.thrown() == null ? new AssertionError("failed") : verdict.thrown();
  }

  /** The test classes of one loader. */
  static final class Classes implements AutoCloseable {
    private final ClassLoader loader;
    private final Map<String, DirectClass> planned = new HashMap<>();
    private final Map<String, Class<?>> launched = new HashMap<>();

    Classes(ClassLoader loader) {
      this.loader = loader;
    }

    /**
     * By a direct call; by the framework's launcher where that alone runs the class as a build
     * does.
     */
    Trial of(Message.TrialSpec spec) throws IOException {
      String outermost = spec.className().replaceAll("(?<=[^.$])\\$.*", "");
      for (String name : List.of(spec.className(), outermost)) {
        if (!planned.containsKey(name) && !launched.containsKey(name)) {
          plan(name);
        }
        DirectClass type = planned.get(name);
        Optional<DirectTest> found =
            type == null
                ? Optional.empty()
                : type.tests().stream()
                    .filter(t -> t.method().equals(spec.method()))
                    .filter(
                        t ->
                            t.className().equals(spec.className()) || name.equals(spec.className()))
                    .findFirst();
        if (found.isPresent()) {
          return new MethodTrial(found.get());
        }
      }
      Class<?> type = launched.get(outermost);
      if (type == null) {
        throw new IOException("no test " + spec.className() + "#" + spec.method());
      }
      return new LauncherTrial(type, spec.className(), spec.method());
    }

    /** The same; one that cannot be found fails, and others run. */
    Trial orNotRun(Message.TrialSpec spec) {
      try {
        return of(spec);
      } catch (IOException e) {
        return () -> new NotRun(String.valueOf(e.getMessage()));
      }
    }

    private void plan(String className) throws IOException {
      try {
        Class<?> type = Class.forName(className, false, loader);
        DirectClass.Plan plan = DirectClass.plan(type, false);
        if (plan instanceof DirectClass.Plan.Direct direct) {
          planned.put(className, direct.tests());
        } else {
          launched.put(className, type);
        }
      } catch (ClassNotFoundException | LinkageError e) {
        throw new IOException("no test class " + className, e);
      }
    }

    @Override
    public void close() {
      planned.values().forEach(DirectClass::close);
    }
  }
}
