package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.SiteFacts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A null that was used as if it were none.
 *
 * @param instruction that used it
 * @param position among the instruction's operands
 * @param value where it came from
 * @param descriptor of what was expected; null when unknown
 */
record NullFault(
    int instruction, int position, Expression value, Origin origin, @Nullable String descriptor) {

  /** Where a null came from. */
  enum Origin {
    /** A variable that is assigned nothing but null. */
    UNSET,
    PARAMETER,
    VARIABLE,
    FIELD,
    ELEMENT,
    RESULT,
    CONSTANT,
    UNKNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static @Nullable NullFault of(SiteFacts site, int instruction, @Nullable Object[] operands) {
    AbstractInsnNode node = site.method().instructions.get(instruction);
    List<Expression> given = Expressions.operandsOf(site.method(), site.regionFirst(), instruction);
    int position = position(node, operands);
    if (position < 0 || position >= given.size()) {
      return null;
    }
    Expression value = given.get(position).bare();
    String used = expectedBy(node, position);
    String declared = declared(site, value);
    String descriptor = declared == null || declared.equals("Ljava/lang/Object;") ? used : declared;
    return new NullFault(instruction, position, value, origin(site.method(), value), descriptor);
  }

  /** A null receiver; else a null argument that the called method refused. */
  private static int position(AbstractInsnNode node, @Nullable Object[] operands) {
    if (operands.length == 0) {
      return node instanceof MethodInsnNode call && call.getOpcode() == Opcodes.INVOKESTATIC
          ? -1
          : 0;
    }
    boolean needsReceiver =
        node instanceof MethodInsnNode call
            ? call.getOpcode() != Opcodes.INVOKESTATIC
            : operands.length > 0;
    if (needsReceiver && operands[0] == null) {
      return 0;
    }
    for (int i = needsReceiver ? 1 : 0;
        node instanceof MethodInsnNode && i < operands.length;
        i++) {
      if (operands[i] == null) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String expectedBy(AbstractInsnNode node, int position) {
    if (node instanceof MethodInsnNode call) {
      boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
      if (position == 0 && !isStatic) {
        return call.owner.startsWith("[") ? call.owner : "L" + call.owner + ";";
      }
      return Type.getArgumentTypes(call.desc)[position - (isStatic ? 0 : 1)].getDescriptor();
    }
    if (node instanceof FieldInsnNode field) {
      return "L" + field.owner + ";";
    }
    return switch (node.getOpcode()) {
      case Opcodes.IALOAD, Opcodes.IASTORE -> "[I";
      case Opcodes.LALOAD, Opcodes.LASTORE -> "[J";
      case Opcodes.DALOAD, Opcodes.DASTORE -> "[D";
      case Opcodes.FALOAD, Opcodes.FASTORE -> "[F";
      case Opcodes.CALOAD, Opcodes.CASTORE -> "[C";
      case Opcodes.SALOAD, Opcodes.SASTORE -> "[S";
      default -> null;
    };
  }

  private static @Nullable String declared(SiteFacts site, Expression value) {
    if (value instanceof Expression.Variable variable) {
      return Variables.descriptor(site.method(), variable.slot(), site.regionFirst());
    }
    if (value instanceof Expression.Field field) {
      return field.descriptor();
    }
    if (value instanceof Expression.Call call) {
      return Type.getReturnType(call.instruction().desc).getDescriptor();
    }
    if (value instanceof Expression.Element element) {
      String array = declared(site, element.array().bare());
      return array != null && array.startsWith("[") ? array.substring(1) : null;
    }
    return null;
  }

  private static Origin origin(MethodNode method, Expression value) {
    if (value instanceof Expression.Variable variable) {
      return ofVariable(method, variable.slot());
    } else if (value instanceof Expression.Field) {
      return Origin.FIELD;
    } else if (value instanceof Expression.Element) {
      return Origin.ELEMENT;
    } else if (value instanceof Expression.Call) {
      return Origin.RESULT;
    }
    return value instanceof Expression.Constant ? Origin.CONSTANT : Origin.UNKNOWN;
  }

  /**
   * The one lookup in a map that a variable has its value from, an index; -1 when it has others, or
   * none.
   */
  static int lookup(MethodNode method, int slot) {
    int found = -1;
    for (int i = 0; i < method.instructions.size(); i++) {
      AbstractInsnNode node = method.instructions.get(i);
      if (node.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) node).var == slot) {
        AbstractInsnNode from = node.getPrevious();
        if (from != null && from.getOpcode() == Opcodes.CHECKCAST) {
          from = from.getPrevious();
        }
        boolean looks =
            from instanceof MethodInsnNode call
                && call.owner.endsWith("Map")
                && Home.isLookup(call);
        if (!looks || found >= 0) {
          return -1;
        }
        found = method.instructions.indexOf(from);
      }
    }
    return found;
  }

  /** Where a variable has its nulls from. */
  static Origin ofVariable(MethodNode method, int slot) {
    boolean setToNull = false;
    boolean setToMore = false;
    for (AbstractInsnNode node : method.instructions) {
      if (node.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) node).var == slot) {
        AbstractInsnNode before = node.getPrevious();
        boolean isNull = before != null && before.getOpcode() == Opcodes.ACONST_NULL;
        setToNull |= isNull;
        setToMore |= !isNull;
      }
    }
    if (setToNull && !setToMore) {
      return Origin.UNSET;
    } else if (lookup(method, slot) >= 0) {
      return Origin.RESULT;
    }
    return Variables.isParameter(method, slot) ? Origin.PARAMETER : Origin.VARIABLE;
  }
}
