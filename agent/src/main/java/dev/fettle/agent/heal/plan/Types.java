package dev.fettle.agent.heal.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Verification types of local variables by slot; a long or double has {@code TOP} behind it. */
final class Types {
  private Types() {}

  /** By slot, from a frame's entries, where a long or double is one. */
  static Object[] bySlot(@Nullable List<Object> entries, int slots) {
    Object[] types = new Object[slots];
    java.util.Arrays.fill(types, Opcodes.TOP);
    int slot = 0;
    if (entries != null) {
      for (Object entry : entries) {
        types[slot] = entry;
        slot += isWide(entry) ? 2 : 1;
      }
    }
    return types;
  }

  /** A frame's entries, without the empty ones at the end. */
  static List<Object> entries(Object[] bySlot) {
    int end = bySlot.length;
    while (end > 0 && bySlot[end - 1] == Opcodes.TOP && !(end > 1 && isWide(bySlot[end - 2]))) {
      end--;
    }
    List<Object> entries = new ArrayList<>();
    for (int slot = 0; slot < end; slot++) {
      entries.add(bySlot[slot]);
      if (isWide(bySlot[slot])) {
        slot++;
      }
    }
    return entries;
  }

  static boolean isWide(Object type) {
    return type == Opcodes.LONG || type == Opcodes.DOUBLE;
  }

  /** A type that a value can be written as: no uninitialized object, not nothing, not just null. */
  static boolean isWritable(Object type) {
    return type == Opcodes.INTEGER
        || type == Opcodes.FLOAT
        || isWide(type)
        || type instanceof String;
  }

  static boolean isUninitialized(Object type) {
    return type == Opcodes.UNINITIALIZED_THIS
        || !(type instanceof String || type instanceof Integer);
  }

  /** Whether one may stand where the other is declared, as far as that is known without classes. */
  static boolean fits(Object type, Object declared) {
    if (declared == Opcodes.TOP || type.equals(declared)) {
      return true;
    }
    return declared instanceof String name
        && (type == Opcodes.NULL || (type instanceof String && name.equals("java/lang/Object")));
  }
}
