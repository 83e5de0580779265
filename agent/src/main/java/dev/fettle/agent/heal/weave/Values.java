package dev.fettle.agent.heal.weave;

import dev.fettle.agent.heal.plan.Group;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** How woven code hands values of variables over and takes them back. Confined to one weaver. */
final class Values {
  static final String RESUMPTION = "dev/fettle/boot/heal/Resumption";

  private final InsnList code;
  private final int resumption;

  /**
   * @param code grows
   * @param resumption slot of the resumption that values are taken from
   */
  Values(InsnList code, int resumption) {
    this.code = code;
    this.resumption = resumption;
  }

  static boolean isWide(Object type) {
    return type == Opcodes.LONG || type == Opcodes.DOUBLE;
  }

  /** Of a throwable, a region's number and the variables of a group. */
  static int slots(Group group) {
    int slots = 2;
    for (int slot : group.passed()) {
      slots += isWide(group.types()[slot]) ? 2 : 1;
    }
    return slots;
  }

  /** What a slot is passed as; references as Object, so that no class is resolved. */
  private static Type argument(Object type) {
    if (type == Opcodes.INTEGER) {
      return Type.INT_TYPE;
    }
    if (type == Opcodes.LONG) {
      return Type.LONG_TYPE;
    }
    if (type == Opcodes.FLOAT) {
      return Type.FLOAT_TYPE;
    }
    return type == Opcodes.DOUBLE ? Type.DOUBLE_TYPE : Type.getObjectType("java/lang/Object");
  }

  void push(int number) {
    if (number <= 5) {
      code.add(new InsnNode(Opcodes.ICONST_0 + number));
    } else if (number <= Byte.MAX_VALUE) {
      code.add(new IntInsnNode(Opcodes.BIPUSH, number));
    } else if (number <= Short.MAX_VALUE) {
      code.add(new IntInsnNode(Opcodes.SIPUSH, number));
    } else {
      code.add(new LdcInsnNode(number));
    }
  }

  /** Pushes the variables of a group; returns their descriptors. */
  String load(Group group) {
    StringBuilder descriptors = new StringBuilder();
    for (int slot : group.passed()) {
      Type each = argument(group.types()[slot]);
      code.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
      descriptors.append(each.getDescriptor());
    }
    return descriptors.toString();
  }

  /** Sets a slot to the resumption's next value. */
  void take(Object type, int slot) {
    next(type);
    code.add(new VarInsnNode(argument(type).getOpcode(Opcodes.ISTORE), slot));
  }

  /** Pushes the resumption's next value as what a method returns. */
  void nextResult(Type type) {
    if (type.getSort() != Type.VOID) {
      boolean reference = type.getSort() >= Type.ARRAY;
      next(reference ? type.getInternalName() : frameType(type));
    }
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> Opcodes.INTEGER;
    };
  }

  private void next(Object type) {
    String name;
    if (type == Opcodes.INTEGER) {
      name = "nextInt";
    } else if (type == Opcodes.LONG) {
      name = "nextLong";
    } else if (type == Opcodes.FLOAT) {
      name = "nextFloat";
    } else {
      name = type == Opcodes.DOUBLE ? "nextDouble" : "nextReference";
    }
    ask(name, argument(type).getDescriptor());
    if (type instanceof String reference && !reference.equals("java/lang/Object")) {
      code.add(new TypeInsnNode(Opcodes.CHECKCAST, reference));
    }
  }

  /** Pushes what is asked of the resumption, or of none. */
  void ask(String name, String result) {
    code.add(new VarInsnNode(Opcodes.ALOAD, resumption));
    code.add(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC, RESUMPTION, name, "(L" + RESUMPTION + ";)" + result, false));
  }
}
