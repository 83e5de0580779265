package dev.fettle.boot;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The one class that woven code names. Each method is a firebreak: nothing that the agent throws
 * reaches the program.
 */
public final class Hook {
  private static final MethodHandle FAILED =
      handle(
          "failed",
          MethodType.methodType(
              void.class, Site.class, Pass.class, Throwable.class, Object[].class));
  private static final MethodHandle PASSES =
      handle("passes", MethodType.methodType(boolean.class, Pass.class));

  // the one mutable static of the agent: woven code has no other way to find its observer
  private static volatile Observer observer = Observer.NOTHING;

  private Hook() {}

  /** Makes this observer hear everything from now on. */
  public static void install(Observer next) {
    observer = next;
  }

  /**
   * Bootstrap of a woven handler's call; runs once per handler, at its first failure.
   *
   * @param type {@code (Throwable, receiver?, variables...)void}
   */
  public static CallSite failure(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      String method,
      String descriptor,
      String variables,
      int instance,
      int firstLine,
      int lastLine) {
    Site site =
        new Site(
            caller.lookupClass(),
            method,
            descriptor,
            variables,
            instance != 0,
            firstLine,
            lastLine);
    Pass pass = new Pass();
    MethodHandle target =
        MethodHandles.insertArguments(FAILED, 0, site, pass)
            .asCollector(Object[].class, type.parameterCount() - 1)
            .asType(type);
    return new ConstantCallSite(
        MethodHandles.guardWithTest(PASSES.bindTo(pass), MethodHandles.empty(type), target));
  }

  @SuppressWarnings("unused") // through PASSES
  private static boolean passes(Pass pass) {
    return pass.take();
  }

  @SuppressWarnings("unused") // through FAILED
  private static void failed(Site site, Pass pass, Throwable thrown, @Nullable Object[] values) {
    try {
      observer.failed(site, thrown, values);
      observer.told(site, pass);
    } catch (Throwable firebreak) {
      swallow(firebreak);
    }
  }

  /** See {@link Observer#requestStarted}. */
  public static void requestStarted(Object request) {
    try {
      observer.requestStarted(request);
    } catch (Throwable firebreak) {
      swallow(firebreak);
    }
  }

  /** See {@link Observer#requestEnded}. */
  public static void requestEnded(Object request, Object response, @Nullable Throwable thrown) {
    try {
      observer.requestEnded(request, response, thrown);
    } catch (Throwable firebreak) {
      swallow(firebreak);
    }
  }

  /** See {@link Observer#reachedBoundary}. */
  public static void reachedBoundary(Throwable thrown) {
    try {
      observer.reachedBoundary(thrown);
    } catch (Throwable firebreak) {
      swallow(firebreak);
    }
  }

  /** See {@link Observer#logged}. */
  public static void logged(Object event) {
    try {
      observer.logged(event);
    } catch (Throwable firebreak) {
      swallow(firebreak);
    }
  }

  /** The program's own failure matters, ours does not, and must not need a deep stack or memory. */
  private static void swallow(Throwable own) {
    if (!(own instanceof VirtualMachineError)) {
      try {
        observer.broke(own);
      } catch (Throwable firebreak) {
        observer = Observer.NOTHING;
      }
    }
  }

  private static MethodHandle handle(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findStatic(Hook.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
