package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Effects that a region may have had before it failed and that are plain from what is there
 * afterwards, so that the region can be run again without them: what was appended to a text that is
 * being built, which gives itself; a field that was counted up or down, which held as much less or
 * more. Stateless.
 */
final class DoneEffects {
  private static final Set<String> GIVE_THEMSELVES =
      Set.of(
          "java/lang/StringBuilder.append",
          "java/lang/StringBuffer.append",
          "java/util/StringJoiner.add");

  private DoneEffects() {}

  /** What to do instead of them, by index. */
  static Map<Integer, Operator> of(Place place) {
    return before(place, place.regionLast() + 1);
  }

  /** Those before an instruction. */
  static Map<Integer, Operator> before(Place place, int end) {
    Map<Integer, Operator> found = new HashMap<>();
    boolean makesText = false;
    for (int i = place.regionFirst(); i < end; i++) {
      AbstractInsnNode node = place.plan().node(i);
      makesText |= node instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW;
      if (!makesText && node instanceof MethodInsnNode call && givesItself(call)) {
        found.put(i, DoneEffects::itself);
      } else if (node.getOpcode() == Opcodes.PUTFIELD || node.getOpcode() == Opcodes.PUTSTATIC) {
        addStep(place, i, (FieldInsnNode) node, found);
      }
    }
    return found;
  }

  /** Of one value: a range of another text may be outside of it. */
  private static boolean givesItself(MethodInsnNode call) {
    return GIVE_THEMSELVES.contains(call.owner + "." + call.name)
        && Type.getArgumentTypes(call.desc).length == 1
        && !call.desc.startsWith("([");
  }

  /** A receiver that is missing is what failed. */
  private static @Nullable Object itself(@Nullable Object[] operands, Operator.Original original)
      throws Throwable {
    return operands[0] == null ? original.proceed(operands) : operands[0];
  }

  /**
   * {@code f++} and its kin: the field is read right before, changed by a constant, and written.
   */
  private static void addStep(
      Place place, int put, FieldInsnNode written, Map<Integer, Operator> found) {
    boolean isStatic = written.getOpcode() == Opcodes.PUTSTATIC;
    int step = 0;
    for (int i = put - 1; i >= Math.max(place.regionFirst(), put - 6); i--) {
      AbstractInsnNode node = place.plan().node(i);
      int opcode = node.getOpcode();
      if (opcode == Opcodes.IADD || opcode == Opcodes.ISUB) {
        int amount = constant(place.plan().node(i - 1));
        step = opcode == Opcodes.IADD ? amount : -amount;
      } else if (node instanceof FieldInsnNode read) {
        boolean reads = opcode == (isStatic ? Opcodes.GETSTATIC : Opcodes.GETFIELD);
        if (reads && step != 0 && isSame(read, written) && isFirstUse(place, i, read)) {
          int less = step;
          found.put(i, (operands, original) -> less(original.proceed(operands), less));
          found.put(put, (operands, original) -> null);
        }
        return;
      }
    }
  }

  /** Whether nothing before it may have read the field as it was. */
  private static boolean isFirstUse(Place place, int end, FieldInsnNode read) {
    for (int i = place.regionFirst(); i < end; i++) {
      AbstractInsnNode node = place.plan().node(i);
      boolean mayRead =
          (node instanceof FieldInsnNode other && isSame(other, read))
              || (node instanceof MethodInsnNode call && !call.owner.startsWith("java/"));
      if (mayRead) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(FieldInsnNode a, FieldInsnNode b) {
    return a.owner.equals(b.owner) && a.name.equals(b.name) && a.desc.equals("I");
  }

  private static @Nullable Object less(@Nullable Object value, int step) {
    return value instanceof Integer number ? Integer.valueOf(number - step) : value;
  }

  /** 0 when it is none. */
  private static int constant(AbstractInsnNode node) {
    int opcode = node.getOpcode();
    if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
      return opcode - Opcodes.ICONST_0;
    }
    return node instanceof IntInsnNode number && opcode != Opcodes.NEWARRAY ? number.operand : 0;
  }
}
