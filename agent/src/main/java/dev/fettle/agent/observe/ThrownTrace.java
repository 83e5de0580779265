package dev.fettle.agent.observe;

import dev.fettle.agent.redact.Redactor;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Local;
import dev.fettle.wire.Thrown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;

/**
 * A throwable as it may be sent, with the values of the frame that it was healed in. Runs no method
 * that the application overrode. Thread-safe.
 */
public final class ThrownTrace {
  private static final int FRAMES = 200;

  private final ApplicationClasses classes;
  private final Redactor redactor;
  private final Throwables throwables = new Throwables();

  public ThrownTrace(ApplicationClasses classes, Redactor redactor) {
    this.classes = classes;
    this.redactor = redactor;
  }

  /** Its chain; the first frame of {@code method} in the deepest trace that has one gets values. */
  public Thrown of(Throwable thrown, String className, MethodNode method, List<Local> values) {
    List<Throwable> chain = throwables.chain(thrown);
    Thrown sent = null;
    boolean placed = false;
    for (int i = chain.size() - 1; i >= 0; i--) {
      List<CallFrame> frames = frames(chain.get(i));
      placed = placed || place(frames, className, method, values);
      if (i == 0 && !placed && frames.isEmpty()) {
        // compiled code throws without a trace: the place is all there is
        frames.add(frame(className, method.name, method.desc, null, -1, values));
      }
      String message = throwables.message(chain.get(i));
      sent =
          new Thrown(
              chain.get(i).getClass().getName(),
              message == null ? null : redactor.message(message),
              frames,
              sent);
    }
    return java.util.Objects.requireNonNull(sent);
  }

  private List<CallFrame> frames(Throwable thrown) {
    List<CallFrame> frames = new ArrayList<>();
    for (StackTraceElement e : throwables.trace(thrown)) {
      if (frames.size() < FRAMES) {
        int line = e.getLineNumber() > 0 ? e.getLineNumber() : -1;
        frames.add(
            frame(e.getClassName(), e.getMethodName(), "", e.getFileName(), line, List.of()));
      }
    }
    return frames;
  }

  private static boolean place(
      List<CallFrame> frames, String className, MethodNode method, List<Local> values) {
    for (int i = 0; i < frames.size(); i++) {
      CallFrame f = frames.get(i);
      if (f.className().equals(className) && f.method().equals(method.name)) {
        frames.set(
            i,
            new CallFrame(
                f.className(),
                f.method(),
                method.desc,
                f.file(),
                f.line(),
                f.application(),
                values.stream()
                    .filter(v -> v.name().equals("this"))
                    .findFirst()
                    .map(Local::value)
                    .orElse(null),
                values.stream().filter(v -> !v.name().equals("this")).toList()));
        return true;
      }
    }
    return false;
  }

  private CallFrame frame(
      String className,
      String method,
      String descriptor,
      @Nullable String file,
      int line,
      List<Local> values) {
    return new CallFrame(
        className, method, descriptor, file, line, classes.contains(className), null, values);
  }
}
