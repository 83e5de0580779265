package dev.fettle.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads packed values, trusting nothing. Confined to one thread. */
final class Unpacker {
  /** Reads one element of a list. */
  interface Element<T> {
    T read(Unpacker in) throws MalformedMessageException;
  }

  private final byte[] bytes;
  private final int end;
  private int at;

  Unpacker(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int u8() throws MalformedMessageException {
    need(1);
    return bytes[at++] & 0xff;
  }

  int i32() throws MalformedMessageException {
    return (u8() << 24) | (u8() << 16) | (u8() << 8) | u8();
  }

  long i64() throws MalformedMessageException {
    return ((long) i32() << 32) | (i32() & 0xffff_ffffL);
  }

  /** A non-negative number. */
  int count() throws MalformedMessageException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = u8();
      value |= (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        return check(value, Integer.MAX_VALUE, "number");
      }
    }
    throw new MalformedMessageException("a number of more than 35 bits");
  }

  String string() throws MalformedMessageException {
    int length = check(count(), Limits.STRING_BYTES, "bytes of a string");
    need(length);
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  byte[] bytes() throws MalformedMessageException {
    int length = count();
    need(length);
    byte[] value = new byte[length];
    System.arraycopy(bytes, at, value, 0, length);
    at += length;
    return value;
  }

  boolean flag() throws MalformedMessageException {
    int value = u8();
    check(value, 1, "flag");
    return value == 1;
  }

  @Nullable String optional() throws MalformedMessageException {
    return flag() ? string() : null;
  }

  <T> List<T> list(Element<T> element) throws MalformedMessageException {
    int count = check(count(), Limits.ENTRIES, "entries of a list");
    need(count);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(element.read(this));
    }
    return values;
  }

  Map<String, Long> longs() throws MalformedMessageException {
    int count = check(count(), Limits.ENTRIES, "entries of a map");
    Map<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(string(), i64());
    }
    return values;
  }

  <E extends Enum<E>> E constant(E[] constants) throws MalformedMessageException {
    String name = string();
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new MalformedMessageException("unknown constant: " + name);
  }

  void end() throws MalformedMessageException {
    if (at != end) {
      throw new MalformedMessageException((end - at) + " bytes left over");
    }
  }

  static int check(int value, int limit, String what) throws MalformedMessageException {
    if (value < 0 || value > limit) {
      throw new MalformedMessageException(what + ": " + value + " exceeds " + limit);
    }
    return value;
  }

  private void need(int count) throws MalformedMessageException {
    if (count > end - at) {
      throw new MalformedMessageException("ends " + (count - (end - at)) + " bytes early");
    }
  }
}
