package dev.fettle.agent.heal.remedy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** How a value on the operand stack came about, as far as straight-line code tells. Immutable. */
sealed interface Expression {
  record Constant(@Nullable Object value) implements Expression {}

  record Variable(int slot) implements Expression {}

  record Element(Expression array, Expression index) implements Expression {}

  record Length(Expression array) implements Expression {}

  /**
   * @param receiver null for a static field
   */
  record Field(String owner, String name, String descriptor, @Nullable Expression receiver)
      implements Expression {
    /** Whether an instruction writes a field of that name. */
    boolean isSetBy(AbstractInsnNode node) {
      boolean writes =
          node.getOpcode() == Opcodes.PUTFIELD || node.getOpcode() == Opcodes.PUTSTATIC;
      return writes
          && node instanceof FieldInsnNode other
          && other.owner.equals(owner)
          && other.name.equals(name);
    }
  }

  /**
   * @param operands the receiver first, if there is one
   */
  record Call(MethodInsnNode instruction, List<Expression> operands) implements Expression {
    public Call {
      operands = List.copyOf(operands);
    }

    /** {@code Integer.valueOf(int)} and its kin, and {@code intValue()} and its kin. */
    boolean isBoxing() {
      return isUnboxing()
          || (instruction.owner.startsWith("java/lang/")
              && instruction.name.equals("valueOf")
              && instruction.desc.charAt(2) == ')');
    }

    /** {@code intValue()} and its kin. */
    boolean isUnboxing() {
      return instruction.owner.startsWith("java/lang/")
          && instruction.name.endsWith("Value")
          && instruction.desc.startsWith("()")
          && instruction.desc.length() == 3;
    }
  }

  /**
   * @param opcode of an arithmetic instruction with two operands
   */
  record Binary(int opcode, Expression left, Expression right) implements Expression {}

  /** A cast or a conversion between numbers. */
  record Converted(Expression of) implements Expression {}

  /** Anything else. */
  record Unknown() implements Expression {}

  /** The value below casts, conversions, boxing and unboxing. */
  default Expression bare() {
    Expression at = this;
    while (true) {
      if (at instanceof Converted converted) {
        at = converted.of();
      } else if (at instanceof Call call && call.isBoxing()) {
        at = call.operands().get(0);
      } else {
        return at;
      }
    }
  }
}
