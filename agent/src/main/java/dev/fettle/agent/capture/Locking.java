package dev.fettle.agent.capture;

import java.lang.reflect.Field;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads classes of the JDK whose every method takes their lock, by their fields. What another
 * thread changes meanwhile may be seen half. Null where the JDK is not open to us or looks
 * different. Thread-safe.
 */
final class Locking {
  private static final Class<?> BUFFER = StringBuffer.class.getSuperclass();

  private final Map<String, Field> opened = new ConcurrentHashMap<>();

  /** The first of a {@code Vector} or {@code Stack}, and how many there are. */
  @Nullable List<@Nullable Object> list(Object value) {
    String name = value.getClass().getName();
    if (!name.equals("java.util.Vector") && !name.equals("java.util.Stack")) {
      return null;
    }
    return read(java.util.Vector.class, "elementData", value) instanceof Object[] all
            && read(java.util.Vector.class, "elementCount", value) instanceof Integer count
        ? Arrays.asList(all).subList(0, Math.max(0, Math.min(count, all.length)))
        : null;
  }

  /**
   * At most so many entries of a {@code Hashtable}.
   *
   * @return null when it is none
   */
  @Nullable List<Map.Entry<?, ?>> entries(Object value, int limit) {
    if (value.getClass() != java.util.Hashtable.class
        || !(read(java.util.Hashtable.class, "table", value) instanceof Object[] table)) {
      return null;
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>();
    for (int i = table.length - 1; i >= 0; i--) {
      Object at = table[i];
      while (at instanceof Map.Entry<?, ?> entry && entries.size() < limit) {
        entries.add(entry);
        at = read(entry.getClass(), "next", entry);
      }
    }
    return entries;
  }

  /** How many a {@code Hashtable} holds. */
  int count(Object hashtable) {
    return read(java.util.Hashtable.class, "count", hashtable) instanceof Integer count ? count : 0;
  }

  /** At most so many of the first characters of a {@code StringBuffer}. */
  @Nullable String text(StringBuffer buffer, int limit) {
    int count = Math.min(limit, length(buffer));
    if (!(read(BUFFER, "value", buffer) instanceof byte[] bytes)
        || !(read(BUFFER, "coder", buffer) instanceof Byte coder)) {
      return null;
    }
    boolean wide = coder != 0;
    Charset charset =
        !wide
            ? StandardCharsets.ISO_8859_1
            : ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.UTF_16LE;
    int length = wide ? 2 * count : count;
    return new String(bytes, 0, Math.max(0, Math.min(length, bytes.length)), charset);
  }

  /** How many characters a {@code StringBuffer} holds. */
  int length(StringBuffer buffer) {
    return read(BUFFER, "count", buffer) instanceof Integer count ? count : 0;
  }

  private @Nullable Object read(Class<?> owner, String name, Object from) {
    try {
      String key = owner.getName() + "." + name;
      Field field = opened.get(key);
      if (field == null) {
        field = owner.getDeclaredField(name);
        field.setAccessible(true);
        opened.put(key, field);
      }
      return field.get(from);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
