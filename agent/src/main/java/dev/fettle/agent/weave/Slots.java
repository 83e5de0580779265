package dev.fettle.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Local variables of frames; in a frame a long or double is one entry for its two slots. */
final class Slots {
  private Slots() {}

  /**
   * The frame of a handler that reads these variables.
   *
   * @param kept frame types that stay as they are, because a later handler wants them; variables
   *     fill what they leave open
   */
  static Object[] handler(List<Reported> variables, boolean isStatic, Object[] kept) {
    List<Object> bySlot = bySlot(kept);
    if (!isStatic) {
      fill(bySlot, 0, "java/lang/Object");
    }
    for (Reported variable : variables) {
      fill(bySlot, variable.slot(), variable.frameType());
    }
    return entries(bySlot);
  }

  /** These types, and one more at a slot after them. */
  static Object[] with(Object[] kept, int slot, Object type) {
    List<Object> bySlot = bySlot(kept);
    fill(bySlot, slot, type);
    return entries(bySlot);
  }

  private static void fill(List<Object> bySlot, int slot, Object type) {
    int last = slot + (isWide(type) ? 1 : 0);
    while (bySlot.size() <= last) {
      bySlot.add(Opcodes.TOP);
    }
    if (bySlot.get(slot) == Opcodes.TOP) {
      bySlot.set(slot, type);
    }
  }

  private static List<Object> bySlot(Object[] entries) {
    List<Object> bySlot = new ArrayList<>();
    for (Object entry : entries) {
      bySlot.add(entry);
      if (isWide(entry)) {
        bySlot.add(Opcodes.TOP);
      }
    }
    return bySlot;
  }

  private static Object[] entries(List<Object> bySlot) {
    Object[] entries = new Object[bySlot.size()];
    int count = 0;
    for (int slot = 0; slot < bySlot.size(); slot++) {
      entries[count++] = bySlot.get(slot);
      if (isWide(bySlot.get(slot))) {
        slot++;
      }
    }
    return Arrays.copyOf(entries, count);
  }

  private static boolean isWide(Object type) {
    return type == Opcodes.LONG || type == Opcodes.DOUBLE;
  }
}
