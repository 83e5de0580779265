package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Copies a throwable of the code under test. Its methods may be overridden, so none is trusted. */
final class Trace {
  private static final int CHAIN = 20;
  private static final int FRAMES = 500;
  private static final int MESSAGE = 4_000;

  private final Predicate<String> application;

  Trace(Predicate<String> application) {
    this.application = application;
  }

  Message.Thrown of(Throwable thrown) {
    return copy(thrown, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private Message.Thrown copy(Throwable thrown, int depth, Set<Throwable> seen) {
    seen.add(thrown);
    Throwable cause = cause(thrown);
    List<Message.Thrown> causes = new ArrayList<>();
    if (cause != null && depth + 1 < CHAIN && !seen.contains(cause)) {
      causes.add(copy(cause, depth + 1, seen));
    }
    return new Message.Thrown(thrown.getClass().getName(), message(thrown), frames(thrown), causes);
  }

  private List<Message.Frame> frames(Throwable thrown) {
    StackTraceElement[] trace = elements(thrown);
    List<Message.Frame> frames = new ArrayList<>();
    for (int i = 0; i < trace.length; i++) {
      if (trace.length > FRAMES && i >= FRAMES / 2 && i < trace.length - FRAMES / 2) {
        continue;
      }
      StackTraceElement e = trace[i];
      String file = e.getFileName() == null ? "" : e.getFileName();
      int line = e.getLineNumber() > 0 ? e.getLineNumber() : -1;
      frames.add(
          new Message.Frame(
              e.getClassName(), e.getMethodName(), file, line, application.test(e.getClassName())));
    }
    return frames;
  }

  /** A firebreak: overridden methods of the code under test. */
  private static StackTraceElement[] elements(Throwable thrown) {
    try {
      return thrown.getStackTrace();
    } catch (Throwable hostile) {
      return new StackTraceElement[0];
    }
  }

  /** A firebreak: overridden methods of the code under test. */
  private static String message(Throwable thrown) {
    try {
      String text = thrown.getMessage();
      if (text == null) {
        return "";
      }
      return text.length() <= MESSAGE ? text : text.substring(0, MESSAGE) + "...";
    } catch (Throwable hostile) {
      return "";
    }
  }

  /** A firebreak: overridden methods of the code under test. */
  private static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable hostile) {
      return null;
    }
  }
}
