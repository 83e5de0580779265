package dev.fettle.agent;

import java.util.function.Consumer;

/**
 * Runs an endless loop of the agent and begins it anew when it breaks, with pauses that double, so
 * that one bad message or a loader that misbehaves ends nothing for good. Confined to a thread.
 */
final class Persistent {
  /** A loop that breaks so often is left alone. */
  static final int TURNS = 100;

  private static final long FIRST = 1_000;
  private static final long LONGEST = 60_000;

  /** A body of a thread; ends when it is done. */
  interface Loop {
    void run() throws InterruptedException;
  }

  /** Waits. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  private final String name;
  private final Loop loop;
  private final Consumer<String> console;
  private final Pause pause;

  Persistent(String name, Loop loop, Consumer<String> console, Pause pause) {
    this.name = name;
    this.loop = loop;
    this.console = console;
    this.pause = pause;
  }

  /** Returns when the loop is done or broke too often. */
  void run() throws InterruptedException {
    long wait = FIRST;
    for (int turn = 1; turn <= TURNS; turn++) {
      try {
        loop.run();
        return;
      } catch (InterruptedException end) {
        throw end;
      } catch (Throwable firebreak) {
        boolean last = turn == TURNS;
        if (last || turn == 1) {
          console.accept(name + (last ? " stopped: " : " broke and begins anew: ") + firebreak);
        }
        if (!last) {
          pause.millis(wait);
        }
        wait = Math.min(2 * wait, LONGEST);
      }
    }
  }
}
