package dev.fettle.lab.search;

import dev.fettle.lab.direct.DirectClass;
import dev.fettle.lab.direct.DirectTest;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.util.HashMap;
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

    Classes(ClassLoader loader) {
      this.loader = loader;
    }

    Trial of(Message.TrialSpec spec) throws IOException {
      DirectClass type = planned.get(spec.className());
      if (type == null) {
        type = plan(spec.className());
        planned.put(spec.className(), type);
      }
      Optional<DirectTest> found =
          type.tests().stream().filter(t -> t.method().equals(spec.method())).findFirst();
      return new MethodTrial(
          found.orElseThrow(
              () -> new IOException("no test " + spec.className() + "#" + spec.method())));
    }

    private DirectClass plan(String className) throws IOException {
      try {
        DirectClass.Plan plan = DirectClass.plan(Class.forName(className, false, loader), false);
        if (plan instanceof DirectClass.Plan.Direct direct) {
          return direct.tests();
        }
        throw new IOException(
            className
                + " cannot be called directly: "
                + ((DirectClass.Plan.ByLauncher) plan).reason());
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
