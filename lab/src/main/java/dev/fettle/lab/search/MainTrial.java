package dev.fettle.lab.search;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Passes when a main program ends normally and has printed what is expected. */
final class MainTrial implements Trial {
  private final MethodHandle main;
  private final byte[] expected;
  private final Printed printed;

  private MainTrial(MethodHandle main, byte[] expected, Printed printed) {
    this.main = main;
    this.expected = expected;
    this.printed = printed;
  }

  static MainTrial of(Class<?> type, byte[] expected, Printed printed)
      throws ReflectiveOperationException {
    Method main = type.getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    return new MainTrial(MethodHandles.lookup().unreflect(main).asFixedArity(), expected, printed);
  }

  /** A firebreak: the program may throw anything. */
  @Override
  public @Nullable Throwable run() {
    printed.clear();
    try {
      main.invokeExact(new String[0]);
    } catch (Throwable thrown) {
      return thrown;
    }
    return printed.equalTo(expected) ? null : Different.INSTANCE;
  }

  /** Printed something else. */
  static final class Different extends AssertionError {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // has no trace, and is made by each other test
    private static final Different INSTANCE = new Different();

    private Different() {
      super("printed something else");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
