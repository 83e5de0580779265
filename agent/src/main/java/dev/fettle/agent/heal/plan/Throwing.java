package dev.fettle.agent.heal.plan;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Which instructions can throw an {@code Exception}; errors are not of interest here. */
final class Throwing {
  private static final Set<String> HARMLESS =
      Set.of(
          "java/lang/Object.<init>()V",
          "java/lang/StringBuilder.<init>()V",
          "java/util/ArrayList.<init>()V",
          "java/util/HashMap.<init>()V",
          "java/util/HashSet.<init>()V",
          "java/lang/Integer.valueOf(I)Ljava/lang/Integer;",
          "java/lang/Long.valueOf(J)Ljava/lang/Long;",
          "java/lang/Double.valueOf(D)Ljava/lang/Double;",
          "java/lang/Boolean.valueOf(Z)Ljava/lang/Boolean;",
          "java/lang/Character.valueOf(C)Ljava/lang/Character;");

  private Throwing() {}

  static boolean can(AbstractInsnNode node, boolean isStatic) {
    int opcode = node.getOpcode();
    if ((opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD)
        || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)) {
      return true;
    }
    return switch (opcode) {
      case Opcodes.IDIV,
          Opcodes.LDIV,
          Opcodes.IREM,
          Opcodes.LREM,
          Opcodes.PUTFIELD,
          Opcodes.NEWARRAY,
          Opcodes.ANEWARRAY,
          Opcodes.MULTIANEWARRAY,
          Opcodes.ARRAYLENGTH,
          Opcodes.ATHROW,
          Opcodes.CHECKCAST,
          Opcodes.MONITORENTER ->
          true;
      case Opcodes.GETFIELD -> isStatic || !isOfThis((FieldInsnNode) node);
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE ->
          !isHarmless((MethodInsnNode) node);
      case Opcodes.INVOKEDYNAMIC ->
          !((InvokeDynamicInsnNode) node)
              .bsm
              .getOwner()
              .equals("java/lang/invoke/LambdaMetafactory");
      default -> false;
    };
  }

  /** {@code this} is never null as long as nobody stores to slot 0, which compilers do not. */
  private static boolean isOfThis(FieldInsnNode node) {
    AbstractInsnNode before = node.getPrevious();
    return before instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD && load.var == 0;
  }

  private static boolean isHarmless(MethodInsnNode call) {
    return call.owner.startsWith("java/")
        && HARMLESS.contains(call.owner + '.' + call.name + call.desc);
  }
}
