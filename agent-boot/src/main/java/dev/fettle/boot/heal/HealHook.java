package dev.fettle.boot.heal;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What woven regions call when they fail. A firebreak: nothing that the agent throws reaches the
 * program.
 */
public final class HealHook {
  private static final MethodHandle PASSES =
      handle("passes", boolean.class, HealPoint.class, Throwable.class, int.class);
  private static final MethodHandle HEAL =
      handle("heal", Resumption.class, HealPoint.class, Throwable.class, int.class, Object[].class);
  private static final MethodHandle LEAVE =
      handle("leave", Object.class, HealPoint.class, Throwable.class, int.class, Object[].class);
  private static final MethodHandle NOTHING = MethodHandles.constant(Resumption.class, null);

  // woven code has no other way to find its healer
  private static volatile Healer healer = Healer.NONE;

  private HealHook() {}

  /** Makes this healer decide from now on. */
  public static void install(Healer next) {
    healer = next;
  }

  /**
   * Bootstrap of a call site; runs at its first failure.
   *
   * @param type {@code (Throwable, int, variables...)Resumption}, or with the result of the method
   *     where it can only be left: then the call throws what goes on
   */
  public static CallSite failure(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      String method,
      String descriptor,
      int group) {
    HealPoint point = new HealPoint(caller, method, descriptor, group, new AtomicReference<>());
    MethodHandle test = MethodHandles.insertArguments(PASSES, 0, point);
    boolean leaves = type.returnType() != Resumption.class;
    MethodHandle heal = leaves ? leaving(point, type) : with(HEAL, point, type);
    MethodHandle pass =
        leaves
            ? MethodHandles.dropArguments(
                MethodHandles.throwException(type.returnType(), Throwable.class),
                1,
                type.parameterList().subList(1, type.parameterCount()))
            : MethodHandles.dropArguments(NOTHING, 0, type.parameterList());
    return new ConstantCallSite(MethodHandles.guardWithTest(test, pass, heal));
  }

  private static MethodHandle with(MethodHandle decision, HealPoint point, MethodType type) {
    return MethodHandles.insertArguments(decision, 0, point)
        .asCollector(Object[].class, type.parameterCount() - 2)
        .asType(type);
  }

  /** The JVM has ints where the language has boolean, byte, short and char. */
  private static MethodHandle leaving(HealPoint point, MethodType type) {
    Class<?> result = type.returnType();
    boolean small =
        result == boolean.class
            || result == byte.class
            || result == short.class
            || result == char.class;
    MethodHandle wide = with(LEAVE, point, small ? type.changeReturnType(int.class) : type);
    return MethodHandles.explicitCastArguments(wide, type);
  }

  @SuppressWarnings("unused") // through PASSES
  private static boolean passes(HealPoint point, Throwable thrown, int region) {
    try {
      return healer.passes(point, thrown, region);
    } catch (Throwable firebreak) {
      swallow(firebreak);
      return true;
    }
  }

  @SuppressWarnings("unused") // through HEAL
  private static @Nullable Resumption heal(
      HealPoint point, Throwable thrown, int region, @Nullable Object[] locals) {
    try {
      return healer.heal(point, thrown, region, locals);
    } catch (Throwable firebreak) {
      swallow(firebreak);
      return null;
    }
  }

  @SuppressWarnings("unused") // through LEAVE
  private static @Nullable Object leave(
      HealPoint point, Throwable thrown, int region, @Nullable Object[] locals) throws Throwable {
    Resumption resumption = heal(point, thrown, region, locals);
    if (resumption == null) {
      throw thrown;
    }
    Throwable other = resumption.thrown();
    if (other != null) {
      throw other;
    }
    return resumption.result();
  }

  /** The program's own failure matters, ours does not, and must not need a deep stack or memory. */
  private static void swallow(Throwable own) {
    if (!(own instanceof VirtualMachineError)) {
      try {
        healer.broke(own);
      } catch (Throwable firebreak) {
        healer = Healer.NONE;
      }
    }
  }

  private static MethodHandle handle(String name, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.lookup()
          .findStatic(HealHook.class, name, MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
