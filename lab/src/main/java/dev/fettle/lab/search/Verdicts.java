package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells verdicts some at a time. Guarded by itself: the watch tells the last one. */
final class Verdicts {
  private static final int MANY = 64;
  private static final long NANOS = 100_000_000;

  private final Surroundings around;
  private List<Message.TrialVerdict> waiting = new ArrayList<>();
  private long since;

  Verdicts(Surroundings around) {
    this.around = around;
  }

  synchronized void add(Message.TrialVerdict verdict) throws IOException {
    long now = System.nanoTime();
    if (waiting.isEmpty()) {
      since = now;
    }
    waiting.add(verdict);
    if (waiting.size() >= MANY || now - since > NANOS) {
      flush();
    }
  }

  synchronized void flush() throws IOException {
    if (!waiting.isEmpty()) {
      around.send(new Message.Verdicts(waiting, Program.cpu()));
      waiting = new ArrayList<>();
    }
  }

  /** Before the JVM ends. */
  synchronized void last(Message.TrialVerdict verdict) {
    waiting.add(verdict);
    try {
      flush();
    } catch (IOException serverIsGone) {
      // Then nobody wants to know.
    }
  }

  /** Whether a test says that a result is wrong, by any framework's error. */
  static boolean asserts(Throwable thrown) {
    return thrown instanceof AssertionError
        || thrown.getClass().getSimpleName().contains("Assertion")
        || thrown.getClass().getSimpleName().contains("Comparison");
  }
}
