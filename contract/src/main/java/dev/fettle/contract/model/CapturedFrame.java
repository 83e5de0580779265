package dev.fettle.contract.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a captured exception.
 *
 * @param className binary name with proxies and generated suffixes as the JVM reports them
 * @param descriptor JVM method descriptor; empty when unknown
 * @param file the file name as reported; a hint, never a path to open
 * @param line 1-based; -1 when unknown
 * @param application whether the class belongs to the application
 * @param receiver {@code this}; null for static methods and frames captured by trace only
 * @param locals parameters first, then locals in scope, in slot order; empty for trace only
 */
public record CapturedFrame(
    String className,
    String method,
    String descriptor,
    @Nullable String file,
    int line,
    boolean application,
    @Nullable CapturedValue receiver,
    List<Variable> locals) {
  public CapturedFrame {
    locals = List.copyOf(locals);
  }

  /** The variable of that name, if the frame holds it. */
  public Optional<Variable> local(String name) {
    return locals.stream().filter(v -> v.name().equals(name)).findFirst();
  }

  /** Whether values were captured, not only the trace. */
  public boolean hasValues() {
    return receiver != null || !locals.isEmpty();
  }

  /** {@code class.method(file:line)}, for people. */
  public String display() {
    return className
        + "."
        + method
        + "("
        + (file == null ? "Unknown Source" : file + ":" + line)
        + ")";
  }
}
