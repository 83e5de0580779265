package dev.fettle.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a stack trace, with values where capture saw it.
 *
 * @param descriptor empty when unknown
 * @param line -1 when unknown
 * @param receiver null for static methods and entries without values
 */
public record CallFrame(
    String className,
    String method,
    String descriptor,
    @Nullable String file,
    int line,
    boolean application,
    @Nullable Value receiver,
    List<Local> locals) {
  public CallFrame {
    locals = List.copyOf(locals);
  }

  /** The same entry without values. */
  public CallFrame traceOnly() {
    return receiver == null && locals.isEmpty()
        ? this
        : new CallFrame(className, method, descriptor, file, line, application, null, List.of());
  }
}
