package dev.fettle.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Growing buffer of packed values. Confined to one thread. */
final class Packer {
  private byte[] bytes = new byte[512];
  private int size;

  void u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void i32(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void i64(long value) {
    i32((int) (value >>> 32));
    i32((int) value);
  }

  void count(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    u8(rest);
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    check(utf8.length, Limits.STRING_BYTES, "bytes of a string");
    bytes(utf8);
  }

  void bytes(byte[] value) {
    count(value.length);
    raw(value, value.length);
  }

  void raw(byte[] value, int length) {
    reserve(length);
    System.arraycopy(value, 0, bytes, size, length);
    size += length;
  }

  void optional(@Nullable String value) {
    u8(value == null ? 0 : 1);
    if (value != null) {
      string(value);
    }
  }

  <T> void list(List<T> values, BiConsumer<Packer, T> each) {
    check(values.size(), Limits.ENTRIES, "entries of a list");
    count(values.size());
    for (T value : values) {
      each.accept(this, value);
    }
  }

  void longs(Map<String, Long> values) {
    check(values.size(), Limits.ENTRIES, "entries of a map");
    count(values.size());
    values.forEach(
        (key, value) -> {
          string(key);
          i64(value);
        });
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** A reader would refuse the whole body. */
  private static void check(int value, int limit, String what) {
    if (value > limit) {
      throw new IllegalArgumentException(what + ": " + value + " exceeds " + limit);
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
