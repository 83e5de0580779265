package dev.fettle.lab.search;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a main program prints, up to a limit. Confined to one run at a time. */
final class Printed {
  private static final int LIMIT = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(new Limited(), false, StandardCharsets.UTF_8);

  PrintStream stream() {
    return stream;
  }

  void clear() {
    stream.flush();
    bytes.reset();
  }

  boolean equalTo(byte[] expected) {
    stream.flush();
    return java.util.Arrays.equals(bytes.toByteArray(), expected);
  }

  String text(int limit) {
    stream.flush();
    String text = bytes.toString(StandardCharsets.UTF_8);
    return text.length() <= limit ? text : text.substring(0, limit) + "#" + text.hashCode();
  }

  private final class Limited extends OutputStream {
    @Override
    public void write(int b) {
      if (bytes.size() < LIMIT) {
        bytes.write(b);
      }
    }

    @Override
    public void write(byte[] data, int from, int length) {
      bytes.write(data, from, Math.min(length, Math.max(0, LIMIT - bytes.size())));
    }
  }
}
