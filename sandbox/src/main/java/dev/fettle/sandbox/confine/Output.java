package dev.fettle.sandbox.confine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains a child's output for as long as it lives, and keeps the last {@value #KEPT} bytes: a flood
 * costs the child's time, never our memory.
 */
final class Output {
  private static final int KEPT = 1 << 16;

  private final byte[] ring = new byte[KEPT];
  private long total;
  private final Thread reader;

  Output(InputStream stream) {
    reader = new Thread(() -> drain(stream), "fettle-child-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void drain(InputStream stream) {
    byte[] buffer = new byte[1 << 13];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException ended) {
      // The child was killed; what it wrote until then is kept.
    }
  }

  private synchronized void keep(byte[] bytes, int length) {
    int at = (int) (total % KEPT);
    int first = Math.min(length, KEPT - at);
    System.arraycopy(bytes, 0, ring, at, first);
    System.arraycopy(bytes, first, ring, 0, length - first);
    total += length;
  }

  /** Waits a moment for the end of the stream of an ended child. */
  String tail() {
    try {
      reader.join(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text();
  }

  private synchronized String text() {
    int length = (int) Math.min(total, KEPT);
    byte[] tail = new byte[length];
    for (int i = 0; i < length; i++) {
      tail[i] = ring[(int) ((total - length + i) % KEPT)];
    }
    return new String(tail, StandardCharsets.UTF_8);
  }
}
