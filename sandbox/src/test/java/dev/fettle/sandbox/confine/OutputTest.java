package dev.fettle.sandbox.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final int KEPT = 1 << 16;

  /** So many bytes {@code x}, then the word. */
  private static InputStream flood(long bytes, String word) {
    byte[] end = word.getBytes(StandardCharsets.UTF_8);
    return new InputStream() {
      private long left = bytes;
      private int said;

      @Override
      public int read() {
        throw new AssertionError("read in blocks");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        if (left > 0) {
          int now = (int) Math.min(left, length);
          Arrays.fill(buffer, offset, offset + now, (byte) 'x');
          left -= now;
          return now;
        }
        if (said == end.length) {
          return -1;
        }
        buffer[offset] = end[said++];
        return 1;
      }
    };
  }

  @Test
  void keepsTheEndOfMoreThanAnIntCanCount() {
    Output output = new Output(flood(3L << 30, "the end"));
    String tail = output.tail();
    for (int i = 0; i < 240 && !tail.endsWith("the end"); i++) {
      tail = output.tail(); // waits half a second each time
    }
    assertThat(tail).hasSize(KEPT).endsWith("xxxthe end");
  }

  @Test
  void keepsAllOfLittle() {
    byte[] said = "one\ntwo".getBytes(StandardCharsets.UTF_8);
    assertThat(new Output(new ByteArrayInputStream(said)).tail()).isEqualTo("one\ntwo");
  }

  @Test
  void keepsWhatFitsExactlyAndLosesTheFirstOfMore() {
    assertThat(new Output(flood(KEPT - 3, "abc")).tail()).hasSize(KEPT).endsWith("xabc");
    assertThat(new Output(flood(KEPT, "abc")).tail()).hasSize(KEPT).endsWith("xabc");
  }
}
