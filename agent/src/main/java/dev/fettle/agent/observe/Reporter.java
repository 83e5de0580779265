package dev.fettle.agent.observe;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes messages of ended failures, on the agent's thread. */
final class Reporter {
  private static final int FRAMES = 500;

  private final ApplicationClasses classes;
  private final Throwables throwables;
  private final Redactor redactor;
  private final Supplier<String> ids;

  Reporter(
      ApplicationClasses classes, Throwables throwables, Redactor redactor, Supplier<String> ids) {
    this.classes = classes;
    this.throwables = throwables;
    this.redactor = redactor;
    this.ids = ids;
  }

  Message.Occurrence report(Failure failure) {
    List<Throwable> chain = throwables.chain(Objects.requireNonNull(failure.outermost()));
    List<List<CallFrame>> traces = new ArrayList<>();
    for (Throwable each : chain) {
      traces.add(frames(each));
    }
    place(failure.frames(), traces);
    Thrown thrown = null;
    for (int i = chain.size() - 1; i >= 0; i--) {
      Throwable each = chain.get(i);
      String message = throwables.message(each);
      thrown =
          new Thrown(
              each.getClass().getName(),
              message == null ? null : redactor.message(message),
              cut(traces.get(i)),
              thrown);
    }
    return new Message.Occurrence(
        ids.get(),
        failure.loggedOnly ? Message.Occurrence.Kind.LOGGED : Message.Occurrence.Kind.THROWN,
        failure.thrownAt,
        failure.thread,
        Objects.requireNonNull(thrown),
        failure.exchange(),
        failure.reason(),
        1);
  }

  private List<CallFrame> frames(Throwable thrown) {
    List<CallFrame> frames = new ArrayList<>();
    for (StackTraceElement e : throwables.trace(thrown)) {
      frames.add(
          new CallFrame(
              e.getClassName(),
              e.getMethodName(),
              "",
              e.getFileName(),
              e.getLineNumber() > 0 ? e.getLineNumber() : -1,
              classes.contains(e.getClassName()),
              null,
              List.of()));
    }
    return frames;
  }

  /**
   * Gives each frame's values to its entry in the trace of the deepest throwable that has one. Both
   * run from the innermost outwards, so each search starts after the last hit.
   */
  private static void place(List<Failure.Seen> seen, List<List<CallFrame>> traces) {
    int[] next = new int[traces.size()];
    for (Failure.Seen frame : seen) {
      boolean placed = false;
      for (int level = traces.size() - 1; level >= 0 && !placed; level--) {
        List<CallFrame> trace = traces.get(level);
        int at = find(frame, trace, next[level]);
        if (at >= 0) {
          trace.set(at, withValues(trace.get(at), frame));
          next[level] = at + 1;
          placed = true;
        }
      }
      List<CallFrame> root = traces.get(traces.size() - 1);
      if (!placed && traces.stream().allMatch(List::isEmpty)) {
        // compiled code throws without a trace (OmitStackTraceInFastThrow): ours is all there is
        root.add(synthesized(frame));
        next[traces.size() - 1] = root.size();
      }
    }
  }

  private static int find(Failure.Seen frame, List<CallFrame> trace, int from) {
    String owner = frame.site().owner().getName();
    for (int i = from; i < trace.size(); i++) {
      CallFrame entry = trace.get(i);
      boolean inLines =
          frame.site().lastLine() == 0
              || (entry.line() >= frame.site().firstLine()
                  && entry.line() <= frame.site().lastLine());
      if (inLines
          && entry.method().equals(frame.site().method())
          && entry.className().equals(owner)) {
        return i;
      }
    }
    return -1;
  }

  private static CallFrame withValues(CallFrame entry, Failure.Seen frame) {
    return new CallFrame(
        entry.className(),
        entry.method(),
        frame.site().descriptor(),
        entry.file(),
        entry.line(),
        entry.application(),
        frame.receiver(),
        frame.locals());
  }

  private static CallFrame synthesized(Failure.Seen frame) {
    return new CallFrame(
        frame.site().owner().getName(),
        frame.site().method(),
        frame.site().descriptor(),
        null,
        -1,
        true,
        frame.receiver(),
        frame.locals());
  }

  /** The middle of a long trace says least. */
  private static List<CallFrame> cut(List<CallFrame> frames) {
    if (frames.size() <= FRAMES) {
      return frames;
    }
    List<CallFrame> kept = new ArrayList<>(frames.subList(0, FRAMES / 2));
    kept.addAll(frames.subList(frames.size() - FRAMES / 2, frames.size()));
    return kept;
  }
}
