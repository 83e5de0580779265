package dev.fettle.agent;

/** The agent's only way to say something: lines on stderr. Immutable. */
final class Console {
  private final boolean debug;

  Console(boolean debug) {
    this.debug = debug;
  }

  void say(String line) {
    System.err.println("[fettle] " + line);
  }

  void debug(String line) {
    if (debug) {
      say(line);
    }
  }
}
