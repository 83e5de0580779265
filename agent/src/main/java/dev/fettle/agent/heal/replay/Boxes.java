package dev.fettle.agent.heal.replay;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The two ways in which values are held: as the JVM sees them, where every small type is an
 * Integer, and boxed by their declared type.
 */
public final class Boxes {
  private Boxes() {}

  /** A value as the JVM sees it. */
  public static @Nullable Object raw(@Nullable Object boxed) {
    if (boxed instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (boxed instanceof Character c) {
      return (int) c;
    }
    if (boxed instanceof Byte || boxed instanceof Short) {
      return ((Number) boxed).intValue();
    }
    return boxed;
  }

  /**
   * A value boxed by a declared type.
   *
   * @param descriptor of that type
   * @throws ClassCastException when it does not fit
   */
  public static @Nullable Object boxed(@Nullable Object value, String descriptor) {
    char kind = descriptor.charAt(0);
    if (kind == 'L' || kind == '[') {
      return value;
    }
    if (kind == 'V') {
      return null;
    }
    Object raw = value == null ? null : raw(value);
    if (!(raw instanceof Number number)) {
      throw new ClassCastException("no " + descriptor + ": " + kindOf(value));
    }
    return switch (kind) {
      case 'Z' -> number.intValue() != 0;
      case 'C' -> (char) number.intValue();
      case 'B' -> number.byteValue();
      case 'S' -> number.shortValue();
      case 'I' -> number.intValue();
      case 'J' -> number.longValue();
      case 'F' -> number.floatValue();
      default -> number.doubleValue();
    };
  }

  /** What a variable of that type holds before anything was assigned. */
  public static @Nullable Object initial(String descriptor) {
    char kind = descriptor.charAt(0);
    return kind == 'L' || kind == '[' || kind == 'V' ? null : boxed(0, descriptor);
  }

  private static String kindOf(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getName();
  }

  /** Whether a value fills two slots. */
  static boolean isWide(@Nullable Object raw) {
    return raw instanceof Long || raw instanceof Double;
  }

  static boolean isWide(Type type) {
    return type.getSize() == 2;
  }
}
