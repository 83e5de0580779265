package dev.fettle.agent.hotpatch;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class's first {@code assert} brings a static field that says whether assertions are off. A
 * class that lacks the field asks the JVM each time instead.
 */
final class Assertions {
  private static final String FLAG = "$assertionsDisabled";

  private Assertions() {}

  static boolean isFlag(FieldNode field) {
    return field.name.equals(FLAG) && (field.access & Opcodes.ACC_STATIC) != 0;
  }

  static boolean reads(FieldInsnNode field) {
    return field.getOpcode() == Opcodes.GETSTATIC && field.name.equals(FLAG);
  }

  /** Code that leaves what the flag would hold. */
  static InsnList flagOf(String owner) {
    InsnList code = new InsnList();
    code.add(new LdcInsnNode(Type.getObjectType(owner)));
    code.add(
        new MethodInsnNode(
            Opcodes.INVOKEVIRTUAL, "java/lang/Class", "desiredAssertionStatus", "()Z", false));
    code.add(new InsnNode(Opcodes.ICONST_1));
    code.add(new InsnNode(Opcodes.IXOR));
    return code;
  }

  /** Takes the flag's initialization, which compilers put first, out of a static initializer. */
  static void dropFlagFrom(MethodNode initializer) {
    for (AbstractInsnNode node : initializer.instructions) {
      if (node instanceof FieldInsnNode field
          && field.getOpcode() == Opcodes.PUTSTATIC
          && field.name.equals(FLAG)) {
        AbstractInsnNode last = field;
        while (last != null) {
          AbstractInsnNode previous = last.getPrevious();
          initializer.instructions.remove(last);
          last = previous;
        }
        return;
      }
    }
  }
}
