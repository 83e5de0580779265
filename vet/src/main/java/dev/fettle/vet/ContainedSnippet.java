package dev.fettle.vet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * A verified snippet over copies of plain values, in a class loader that finds nothing but the
 * listed JDK classes and the meter. Thread-safe: each run has its own copies and its own budget.
 */
public final class ContainedSnippet {
  /** How a run ended. */
  public sealed interface Run {
    /**
     * To its end.
     *
     * @param changed whether anything differs from what went in
     * @param values what the snippet gave back, plain values copied once more; a variable that it
     *     did not change is the live value that went in
     */
    record Done(boolean changed, @Nullable Object[] values) implements Run {}

    /** The snippet itself failed: {@code exception} is its class's name. */
    record Failed(String exception) implements Run {}

    /** It was ended: budget, or values that are not plain. Nothing of the program was changed. */
    record Stopped(String reason) implements Run {}
  }

  private final MethodHandle heal;

  private ContainedSnippet(MethodHandle heal) {
    this.heal = heal;
  }

  /**
   * @throws LinkageError when the JVM refuses the class: a defect of the verifier's, never run
   */
  public static ContainedSnippet of(Vetting.Accepted accepted) {
    Class<?> type = new Loader().define(accepted.code());
    try {
      MethodType shape = MethodType.methodType(Object[].class, Meter.class, Object[].class);
      return new ContainedSnippet(
          MethodHandles.publicLookup().findStatic(type, SnippetShape.METHOD, shape));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the rewritten class has no method to run", e);
    }
  }

  /**
   * Runs it on copies.
   *
   * @param live the program's values; not changed, nothing of them is called
   * @param meter fresh
   */
  public Run run(@Nullable Object[] live, Meter meter) {
    @Nullable Object[] pristine;
    @Nullable Object[] working;
    try {
      pristine = copies(PlainCopies.in(), live);
      working = copies(PlainCopies.in(), live);
    } catch (PlainCopies.TooLarge | ConcurrentModificationException e) {
      return new Run.Stopped("cannot copy: " + e.getMessage());
    }
    @Nullable Object[] handed = working.clone();
    try {
      @Nullable Object[] given = (Object[]) heal.invokeExact(meter, working);
      if (meter.over() != null || given == null) {
        return new Run.Stopped(meter.over() == null ? "gave nothing back" : meter.over());
      }
      return done(live, pristine, handed, given);
    } catch (BudgetExhausted end) {
      return new Run.Stopped(String.valueOf(end.getMessage()));
    } catch (PlainCopies.TooLarge e) {
      return new Run.Stopped(String.valueOf(e.getMessage()));
    } catch (Throwable firebreak) {
      return meter.over() == null
          ? new Run.Failed(firebreak.getClass().getName())
          : new Run.Stopped(meter.over());
    }
  }

  private static @Nullable Object[] copies(PlainCopies copies, @Nullable Object[] values) {
    @Nullable Object[] all = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = copies.copy(values[i]);
    }
    return all;
  }

  private static Run done(
      @Nullable Object[] live,
      @Nullable Object[] pristine,
      @Nullable Object[] handed,
      @Nullable Object[] given) {
    PlainCopies out = PlainCopies.out();
    boolean changed = given.length != live.length;
    @Nullable Object[] values = new Object[given.length];
    for (int i = 0; i < given.length; i++) {
      boolean kept =
          i < live.length && given[i] == handed[i] && PlainCopies.same(given[i], pristine[i]);
      boolean alike = kept || (i < live.length && isPlainSame(given[i], pristine[i]));
      changed |= !alike;
      values[i] = alike ? live[i] : out.copy(given[i]);
    }
    return new Run.Done(changed, values);
  }

  /** The same scalar or token, wherever it came from. */
  private static boolean isPlainSame(@Nullable Object given, @Nullable Object pristine) {
    return (given == null && pristine == null)
        || ((given instanceof Token
                || given instanceof String
                || given instanceof Number
                || given instanceof Boolean
                || given instanceof Character)
            && given.equals(pristine));
  }

  /** Finds the meter and the listed classes; everything else does not exist here. */
  private static final class Loader extends ClassLoader {
    Loader() {
      super("fettle-snippet", null);
    }

    Class<?> define(byte[] code) {
      return defineClass(SnippetShape.NAME, code, 0, code.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Meter.class.getName())) {
        return Meter.class;
      }
      if (name.equals(SnippetShape.NAME)) {
        Class<?> own = findLoadedClass(name);
        if (own != null) {
          return own;
        }
      }
      boolean listed =
          AllowList.shipped().names(org.objectweb.asm.Type.getObjectType(name.replace('.', '/')));
      if (!listed && !name.equals("java.lang.Throwable")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
