package dev.fettle.agent.heal.engine;

import dev.fettle.agent.observe.Throwables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads stack traces for the call that a throwable came out of. */
final class Traces {
  private static final int CALLERS = 50;

  private static final Throwables THROWABLES = new Throwables();

  private Traces() {}

  /** Classes of a frame's callers, the nearest first; a class as often as it is there. */
  static List<String> callersOf(Throwable thrown, String className, String method) {
    StackTraceElement[] trace = THROWABLES.trace(thrown);
    List<String> callers = new ArrayList<>();
    boolean found = false;
    for (StackTraceElement frame : trace) {
      if (found && callers.size() < CALLERS) {
        callers.add(frame.getClassName());
      }
      found |= frame.getMethodName().equals(method) && frame.getClassName().equals(className);
    }
    return callers;
  }

  /** Name of the method that a frame had called; null when the throwable arose in the frame. */
  static @Nullable String calleeOf(Throwable thrown, String className, String method) {
    StackTraceElement[] trace = THROWABLES.trace(thrown);
    for (int i = 0; i < trace.length; i++) {
      if (trace[i].getMethodName().equals(method) && trace[i].getClassName().equals(className)) {
        return i == 0 ? null : trace[i - 1].getMethodName();
      }
    }
    return null;
  }
}
