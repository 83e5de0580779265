package dev.fettle.cli.repair;

import dev.fettle.cli.run.OutsideText;
import java.io.PrintWriter;

/** What a repair is doing, on standard error: at most a line a second. Thread-safe. */
final class Progress {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final PrintWriter err;
  private final Budget budget;
  private long last;
  private String phase = "";

  Progress(PrintWriter err, Budget budget) {
    this.err = err;
    this.budget = budget;
    this.last = System.nanoTime() - PAUSE_NANOS;
  }

  /** A new phase; always printed. */
  synchronized void phase(String name) {
    phase = OutsideText.line(name);
    print("");
  }

  /** Something that the user should know; always printed. What came from outside is cleaned. */
  synchronized void note(String text) {
    OutsideText.printable(text).lines().forEach(line -> err.println("fettle: " + line));
    err.flush();
  }

  /** How the search goes. */
  synchronized void searching(long tried, double perSecond, int plausible) {
    if (System.nanoTime() - last >= PAUSE_NANOS) {
      print(
          String.format(
              java.util.Locale.ROOT,
              ": %d candidates, %.0f/s, %d plausible",
              tried,
              perSecond,
              plausible));
    }
  }

  private void print(String detail) {
    last = System.nanoTime();
    err.println("fettle: " + phase + detail + " (" + budget.left().toSeconds() + " s left)");
    err.flush();
  }
}
