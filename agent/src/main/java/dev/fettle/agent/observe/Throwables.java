package dev.fettle.agent.observe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads throwables without running a method that the application overrode: {@code java.lang} must
 * be open to this class's module. Immutable, thread-safe.
 */
public final class Throwables {
  private static final int CHAIN = 20;

  private final VarHandle cause;
  private final VarHandle message;
  private final MethodHandle stackTrace;

  public Throwables() {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup());
      cause = lookup.findVarHandle(Throwable.class, "cause", Throwable.class);
      message = lookup.findVarHandle(Throwable.class, "detailMessage", String.class);
      stackTrace =
          lookup.findSpecial(
              Throwable.class,
              "getStackTrace",
              MethodType.methodType(StackTraceElement[].class),
              Throwable.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("java.lang is not open to the agent", e);
    }
  }

  @Nullable Throwable cause(Throwable thrown) {
    Throwable found = (Throwable) cause.get(thrown);
    if (found == thrown && thrown.getClass().getClassLoader() == null) {
      // some of the JDK's keep it in a field of their own
      found = thrown.getCause();
    }
    return found == thrown ? null : found;
  }

  /** The throwable and what caused it, outermost first, without cycles. */
  List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    Throwable at = thrown;
    while (at != null && chain.size() < CHAIN && !holds(chain, at)) {
      chain.add(at);
      at = cause(at);
    }
    return chain;
  }

  boolean isCausedBy(Throwable thrown, @Nullable Throwable cause) {
    return cause != null && holds(chain(thrown), cause);
  }

  private static boolean holds(List<Throwable> chain, Throwable wanted) {
    return chain.stream().anyMatch(t -> t == wanted);
  }

  @Nullable String message(Throwable thrown) {
    ClassLoader loader = thrown.getClass().getClassLoader();
    boolean ofJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
    return ofJdk ? thrown.getMessage() : (String) message.get(thrown);
  }

  public StackTraceElement[] trace(Throwable thrown) {
    try {
      return (StackTraceElement[]) stackTrace.invokeExact(thrown);
    } catch (Throwable firebreak) {
      // declared by every method handle
      return new StackTraceElement[0];
    }
  }
}
