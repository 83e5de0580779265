package dev.fettle.agent.weave;

import java.nio.charset.StandardCharsets;

/** A class file that need not be parsed to see that it says nothing of interest. */
public final class RawClass {
  private final byte[] bytes;

  /**
   * @param bytes not to be changed
   */
  public RawClass(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether a text stands in it, say as part of a constant; false positives are possible. */
  public boolean holds(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      int at = 0;
      while (at < wanted.length && bytes[i + at] == wanted[at]) {
        at++;
      }
      if (at == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
