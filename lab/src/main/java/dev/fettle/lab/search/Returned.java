package dev.fettle.lab.search;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What methods returned since the last {@link #begin}, as one number. Equal for equal runs; values
 * whose state only their own methods could tell count by their class. Static because woven code can
 * reach nothing else; races between threads that a test starts make it inexact.
 */
public final class Returned {
  private static final int MOST = 200_000;
  private static final int TEXT = 1_000;

  private static long digest;
  private static int count;

  private Returned() {}

  static void begin() {
    digest = 1;
    count = 0;
  }

  static long digest() {
    return digest;
  }

  /** For int, short, byte, char and boolean. */
  public static void value(int value) {
    value((long) value);
  }

  public static void value(long value) {
    if (count < MOST) {
      count++;
      digest = digest * 1_000_003 + value;
    }
  }

  public static void value(float value) {
    value((long) Float.floatToIntBits(value));
  }

  public static void value(double value) {
    value(Double.doubleToLongBits(value));
  }

  public static void value(@Nullable Object value) {
    if (count < MOST) {
      value(condensed(value));
    }
  }

  /** Never calls code of the application. */
  private static long condensed(@Nullable Object value) {
    if (value == null) {
      return 0;
    } else if (value instanceof String s) {
      return s.length() <= TEXT ? s.hashCode() : s.substring(0, TEXT).hashCode() + s.length();
    } else if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return own(value) ? value.hashCode() : value.getClass().getName().hashCode();
    } else if (value instanceof Enum<?> e) {
      return e.name().hashCode();
    } else if (value instanceof int[] a) {
      return a.length <= TEXT ? Arrays.hashCode(a) : a.length;
    } else if (value instanceof byte[] a) {
      return a.length <= TEXT ? Arrays.hashCode(a) : a.length;
    } else if (value instanceof char[] a) {
      return a.length <= TEXT ? Arrays.hashCode(a) : a.length;
    } else if (value instanceof long[] a) {
      return a.length <= TEXT ? Arrays.hashCode(a) : a.length;
    } else if (value instanceof double[] a) {
      return a.length <= TEXT ? Arrays.hashCode(a) : a.length;
    } else if (value instanceof Collection<?> c && own(value)) {
      return 31L + c.size();
    } else if (value instanceof Map<?, ?> m && own(value)) {
      return 37L + m.size();
    }
    return value.getClass().getName().replaceAll("\\d+", "").hashCode();
  }

  /** Whether its methods are the platform's. */
  private static boolean own(Object value) {
    return value.getClass().getClassLoader() == null;
  }
}
