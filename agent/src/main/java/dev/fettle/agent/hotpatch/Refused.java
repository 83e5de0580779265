package dev.fettle.agent.hotpatch;

/** A patch asks for what cannot be done in a running JVM. The message names what. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refused(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
