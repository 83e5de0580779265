package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The value that adds nothing where it goes: 0 and false, the empty text, 1 in a product, the
 * largest number in a minimum, the smallest in a maximum. What is asked of a missing object is
 * missing too, down to the number, text or truth that the statement wanted: {@code a.b.c} of an
 * {@code a} that is null is null, as with the safe navigation of Groovy and Kotlin. Source:
 * manufactured values (Rinard et al. 2004), reads through null (Long et al. 2014).
 */
final class Neutral {
  private static final int LONGEST = 6;
  private static final Set<String> NUMBERS =
      Set.of(
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Short",
          "java/lang/Byte");

  private final Scene scene;

  private Neutral(Scene scene) {
    this.scene = scene;
  }

  /** What to do instead of the failing instruction and those that ask its result; may be empty. */
  static Map<Integer, Operator> operators(Scene scene) {
    AbstractInsnNode node = scene.instruction();
    String descriptor = node == null ? null : wanted(node);
    if (descriptor == null || descriptor.equals("V")) {
      return Map.of();
    }
    boolean element = node != null && node.getOpcode() == Opcodes.AALOAD;
    if (isDivisor(scene)) {
      return Map.of();
    }
    return new Neutral(scene)
        .chain(
            element && scene.operand(0) instanceof Object[] array
                ? Type.getDescriptor(array.getClass().getComponentType())
                : descriptor);
  }

  private Map<Integer, Operator> chain(String first) {
    Map<Integer, Operator> operators = new HashMap<>();
    int at = scene.culprit();
    String descriptor = first;
    for (int link = 0; link < LONGEST; link++) {
      Expressions.Consumer consumer =
          Expressions.consumerOf(
              scene.method(), scene.site().regionFirst(), scene.site().regionLast(), at);
      Object value = consumer == null ? null : among(consumer, descriptor);
      if (value == null && !isCheckedLater(at)) {
        value = Substitutes.neutral(descriptor);
      }
      operators.put(at, link == 0 ? giving(value) : ofNothing(value));
      AbstractInsnNode taker =
          consumer == null || consumer.position() != 0
              ? null
              : scene.method().instructions.get(consumer.taker());
      String next = value == null && taker != null && asks(taker) ? wanted(taker) : null;
      if (consumer == null || next == null || next.equals("V")) {
        return operators;
      }
      at = consumer.taker();
      descriptor = next;
    }
    return operators;
  }

  /** Whether what an instruction gives goes into a variable that the method compares with null. */
  private boolean isCheckedLater(int at) {
    AbstractInsnNode next = scene.method().instructions.get(at).getNext();
    if (next instanceof TypeInsnNode) {
      next = next.getNext();
    }
    if (next == null || next.getOpcode() != Opcodes.ASTORE) {
      return false;
    }
    int slot = ((VarInsnNode) next).var;
    for (AbstractInsnNode node : scene.method().instructions) {
      boolean checks = node.getOpcode() == Opcodes.IFNULL || node.getOpcode() == Opcodes.IFNONNULL;
      if (checks
          && node.getPrevious() instanceof VarInsnNode load
          && load.getOpcode() == Opcodes.ALOAD
          && load.var == slot) {
        return true;
      }
    }
    return false;
  }

  private static Operator giving(@Nullable Object value) {
    return (operands, original) -> value;
  }

  private static Operator ofNothing(@Nullable Object value) {
    return (operands, original) -> operands[0] == null ? value : original.proceed(operands);
  }

  /** Whether an instruction asks its first operand for something. */
  private static boolean asks(AbstractInsnNode node) {
    int opcode = node.getOpcode();
    return opcode == Opcodes.GETFIELD
        || opcode == Opcodes.ARRAYLENGTH
        || opcode == Opcodes.INVOKEVIRTUAL
        || opcode == Opcodes.INVOKEINTERFACE
        || (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD);
  }

  /** No number adds nothing by which another is divided: there is none to supply. */
  static boolean isDivisor(Scene scene) {
    Expressions.Consumer consumer =
        Expressions.consumerOf(
            scene.method(), scene.site().regionFirst(), scene.site().regionLast(), scene.culprit());
    return consumer != null
        && consumer.position() == 1
        && consumer.value() instanceof Expression.Binary division
        && division.opcode() >= Opcodes.IDIV
        && division.opcode() <= Opcodes.DREM;
  }

  /** Whether a text is to be read as a number. */
  private static boolean isRead(Expressions.Consumer consumer) {
    return consumer.position() == 0
        && consumer.value() instanceof Expression.Call call
        && NUMBERS.contains(call.instruction().owner)
        && (call.instruction().name.startsWith("parse")
            || call.instruction().name.equals("valueOf"));
  }

  /** The neutral element of what is done with a number; null for the usual one. */
  private static @Nullable Object among(Expressions.Consumer consumer, String descriptor) {
    if (descriptor.equals("Ljava/lang/String;") && isRead(consumer)) {
      return "0";
    }
    if (consumer.value() instanceof Expression.Call call
        && call.instruction().owner.equals("java/lang/Math")) {
      boolean least = call.instruction().name.equals("min");
      boolean most = call.instruction().name.equals("max");
      return least || most ? extreme(descriptor, least) : null;
    }
    boolean factor =
        consumer.value() instanceof Expression.Binary product
            && product.opcode() >= Opcodes.IMUL
            && product.opcode() <= Opcodes.DMUL;
    return factor ? one(descriptor) : null;
  }

  private static @Nullable Object extreme(String descriptor, boolean largest) {
    return switch (descriptor) {
      case "I", "Ljava/lang/Integer;" -> largest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      case "J", "Ljava/lang/Long;" -> largest ? Long.MAX_VALUE : Long.MIN_VALUE;
      case "D", "Ljava/lang/Double;" ->
          largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case "F" -> largest ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private static @Nullable Object one(String descriptor) {
    return switch (descriptor) {
      case "I", "Ljava/lang/Integer;" -> 1;
      case "J", "Ljava/lang/Long;" -> 1L;
      case "D", "Ljava/lang/Double;" -> 1d;
      case "F" -> 1f;
      default -> null;
    };
  }

  /** As {@link #result}, with the type that generic code is cast to. */
  private static @Nullable String wanted(AbstractInsnNode node) {
    return node.getNext() instanceof TypeInsnNode cast && cast.getOpcode() == Opcodes.CHECKCAST
        ? Type.getObjectType(cast.desc).getDescriptor()
        : result(node);
  }

  /** Descriptor of what an instruction leaves on the stack; null for nothing. */
  static @Nullable String result(AbstractInsnNode node) {
    if (node instanceof MethodInsnNode call) {
      return Type.getReturnType(call.desc).getDescriptor();
    }
    if (node instanceof FieldInsnNode field) {
      return node.getOpcode() == Opcodes.GETFIELD ? field.desc : null;
    }
    return switch (node.getOpcode()) {
      case Opcodes.IALOAD,
          Opcodes.BALOAD,
          Opcodes.CALOAD,
          Opcodes.SALOAD,
          Opcodes.ARRAYLENGTH,
          Opcodes.IDIV,
          Opcodes.IREM ->
          "I";
      case Opcodes.LALOAD, Opcodes.LDIV, Opcodes.LREM -> "J";
      case Opcodes.FALOAD -> "F";
      case Opcodes.DALOAD -> "D";
      case Opcodes.CHECKCAST -> Type.getObjectType(((TypeInsnNode) node).desc).getDescriptor();
      case Opcodes.AALOAD -> "Ljava/lang/Object;";
      default -> null;
    };
  }
}
