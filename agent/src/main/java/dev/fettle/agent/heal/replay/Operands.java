package dev.fettle.agent.heal.replay;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** What instructions that can throw take and give, and those that name no member. */
final class Operands {
  private static final String ANY = "Ljava/lang/Object;";
  private static final String[] ELEMENTS = {"I", "J", "F", "D", ANY, "B", "C", "S"};

  private Operands() {}

  /** Descriptors of what an instruction takes, in stack order; constructors without the object. */
  static String[] types(AbstractInsnNode node, int opcode) {
    if (node instanceof MethodInsnNode call) {
      boolean receiver = opcode != Opcodes.INVOKESTATIC && !call.name.equals("<init>");
      return arguments(call.desc, receiver);
    }
    if (node instanceof InvokeDynamicInsnNode dynamic) {
      return arguments(dynamic.desc, false);
    }
    if (node instanceof FieldInsnNode field) {
      return switch (opcode) {
        case Opcodes.GETFIELD -> new String[] {ANY};
        case Opcodes.PUTFIELD -> new String[] {ANY, field.desc};
        case Opcodes.PUTSTATIC -> new String[] {field.desc};
        default -> new String[0];
      };
    }
    if (node instanceof MultiANewArrayInsnNode many) {
      String[] types = new String[many.dims];
      java.util.Arrays.fill(types, "I");
      return types;
    }
    if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      return new String[] {ANY, "I"};
    }
    if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      String element = ELEMENTS[opcode - Opcodes.IASTORE];
      // a boolean[] is stored to like a byte[]
      return new String[] {ANY, "I", element.equals("B") ? "I" : element};
    }
    return switch (opcode) {
      case Opcodes.IDIV, Opcodes.IREM -> new String[] {"I", "I"};
      case Opcodes.LDIV, Opcodes.LREM -> new String[] {"J", "J"};
      case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> new String[] {"I"};
      default -> new String[] {ANY};
    };
  }

  private static String[] arguments(String descriptor, boolean receiver) {
    Type[] types = Type.getArgumentTypes(descriptor);
    String[] all = new String[types.length + (receiver ? 1 : 0)];
    if (receiver) {
      all[0] = ANY;
    }
    for (int i = 0; i < types.length; i++) {
      all[i + (receiver ? 1 : 0)] = types[i].getDescriptor();
    }
    return all;
  }

  /** Descriptor of what an instruction that names no member gives, V for nothing. */
  static String result(int opcode, @Nullable Object[] taken) {
    if (opcode == Opcodes.BALOAD) {
      return taken[0] instanceof boolean[] ? "Z" : "B";
    }
    if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      return ELEMENTS[opcode - Opcodes.IALOAD];
    }
    return switch (opcode) {
      case Opcodes.IDIV, Opcodes.IREM, Opcodes.ARRAYLENGTH, Opcodes.INSTANCEOF -> "I";
      case Opcodes.LDIV, Opcodes.LREM -> "J";
      case Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY, Opcodes.CHECKCAST -> ANY;
      default -> "V";
    };
  }

  static @Nullable Object execute(
      AbstractInsnNode node, int opcode, @Nullable Object[] given, Members members)
      throws Throwable {
    if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      return load(given[0], (int) number(given[1]));
    }
    if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      store(given[0], (int) number(given[1]), given[2]);
      return null;
    }
    return switch (opcode) {
      case Opcodes.IDIV -> (int) number(given[0]) / (int) number(given[1]);
      case Opcodes.IREM -> (int) number(given[0]) % (int) number(given[1]);
      case Opcodes.LDIV -> (long) number(given[0]) / (long) number(given[1]);
      case Opcodes.LREM -> (long) number(given[0]) % (long) number(given[1]);
      case Opcodes.ARRAYLENGTH -> Array.getLength(notNull(given[0]));
      case Opcodes.ATHROW -> throw (Throwable) notNull(given[0]);
      case Opcodes.NEWARRAY -> {
        Class<?> element = primitive(((IntInsnNode) node).operand);
        yield Array.newInstance(element, (int) number(given[0]));
      }
      case Opcodes.ANEWARRAY ->
          Array.newInstance(members.type(((TypeInsnNode) node).desc), (int) number(given[0]));
      case Opcodes.MULTIANEWARRAY -> many((MultiANewArrayInsnNode) node, given, members);
      case Opcodes.CHECKCAST -> members.type(((TypeInsnNode) node).desc).cast(given[0]);
      case Opcodes.INSTANCEOF ->
          members.type(((TypeInsnNode) node).desc).isInstance(given[0]) ? 1 : 0;
      default -> throw new Replay.Forbidden("instruction " + opcode);
    };
  }

  private static Object number(@Nullable Object value) {
    return notNull(value);
  }

  private static Object notNull(@Nullable Object value) {
    if (value == null) {
      throw new NullPointerException();
    }
    return value;
  }

  private static @Nullable Object load(@Nullable Object array, int index) {
    return Array.get(notNull(array), index);
  }

  private static void store(@Nullable Object array, int index, @Nullable Object value) {
    if (array instanceof Object[] references) {
      references[index] = value;
      return;
    }
    String element = notNull(array).getClass().descriptorString().substring(1);
    Array.set(notNull(array), index, Boxes.boxed(value, element));
  }

  private static Class<?> primitive(int code) {
    return switch (code) {
      case Opcodes.T_BOOLEAN -> boolean.class;
      case Opcodes.T_CHAR -> char.class;
      case Opcodes.T_FLOAT -> float.class;
      case Opcodes.T_DOUBLE -> double.class;
      case Opcodes.T_BYTE -> byte.class;
      case Opcodes.T_SHORT -> short.class;
      case Opcodes.T_LONG -> long.class;
      default -> int.class;
    };
  }

  private static Object many(MultiANewArrayInsnNode node, @Nullable Object[] given, Members members)
      throws ReflectiveOperationException {
    Class<?> element = members.type(node.desc);
    int[] sizes = new int[node.dims];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) number(given[i]);
      element = element.getComponentType();
    }
    return Array.newInstance(element, sizes);
  }
}
