package dev.fettle.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throwable with its trace, innermost entry first, and what caused it. */
public record Thrown(
    String type, @Nullable String message, List<CallFrame> frames, @Nullable Thrown cause) {
  public Thrown {
    frames = List.copyOf(frames);
  }

  /** The same chain without values. */
  public Thrown traceOnly() {
    return new Thrown(
        type,
        message,
        frames.stream().map(CallFrame::traceOnly).toList(),
        cause == null ? null : cause.traceOnly());
  }
}
