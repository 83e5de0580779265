package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.remedy.Expression.Binary;
import dev.fettle.agent.heal.remedy.Expression.Call;
import dev.fettle.agent.heal.remedy.Expression.Constant;
import dev.fettle.agent.heal.remedy.Expression.Converted;
import dev.fettle.agent.heal.remedy.Expression.Element;
import dev.fettle.agent.heal.remedy.Expression.Field;
import dev.fettle.agent.heal.remedy.Expression.Length;
import dev.fettle.agent.heal.remedy.Expression.Unknown;
import dev.fettle.agent.heal.remedy.Expression.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Rebuilds expressions by running a region's instructions over a stack of expressions. A region
 * begins with an empty stack; where its code branches, what lies on the stack becomes unknown.
 */
final class Expressions {
  private final Deque<Expression> stack = new ArrayDeque<>();
  private final IdentityHashMap<Expression, Integer> producers = new IdentityHashMap<>();
  private int at;

  private Expressions() {}

  /**
   * One operand of an instruction.
   *
   * @param value without casts, conversions and boxing
   * @param producer the instruction that left the value on the stack; -1 when that is not known
   */
  record Operand(Expression value, int producer) {}

  /** Null when the instruction has no such operand. */
  static @Nullable Operand operandOf(MethodNode method, int first, int at, int position) {
    Expressions run = new Expressions();
    List<Expression> operands = run.operands(method, first, at);
    if (position < 0 || position >= operands.size()) {
      return null;
    }
    Expression value = operands.get(position).bare();
    return new Operand(value, run.producers.getOrDefault(value, -1));
  }

  /**
   * What an instruction is given, in stack order.
   *
   * @param first of the region
   * @param at the instruction
   */
  static List<Expression> operandsOf(MethodNode method, int first, int at) {
    return new Expressions().operands(method, first, at);
  }

  /**
   * What takes the value that an instruction leaves on the stack.
   *
   * @param taker the instruction
   * @param value what it makes of its operands
   * @param position of the value among them, below casts and boxing
   */
  record Consumer(int taker, Expression value, int position) {}

  /** Null when nothing in the straight line behind it makes another value of it. */
  static @Nullable Consumer consumerOf(MethodNode method, int first, int last, int producer) {
    Expressions run = new Expressions();
    for (run.at = first; run.at <= last; run.at++) {
      run.step(method.instructions.get(run.at));
    }
    for (Map.Entry<Expression, Integer> made : run.producers.entrySet()) {
      List<Expression> parts = parts(made.getKey());
      for (int position = 0; position < parts.size(); position++) {
        if (run.isMadeBy(parts.get(position), producer) && made.getValue() > producer) {
          return new Consumer(made.getValue(), made.getKey(), position);
        }
      }
    }
    return null;
  }

  /** Whether an instruction left a value on the stack, casts and boxing apart. */
  private boolean isMadeBy(Expression value, int producer) {
    Expression at = value;
    while (producers.getOrDefault(at, -1) != producer) {
      if (at instanceof Converted converted) {
        at = converted.of();
      } else if (at instanceof Call call && call.isBoxing()) {
        at = call.operands().get(0);
      } else {
        return false;
      }
    }
    return true;
  }

  private static List<Expression> parts(Expression value) {
    if (value instanceof Element element) {
      return List.of(element.array(), element.index());
    } else if (value instanceof Length length) {
      return List.of(length.array());
    } else if (value instanceof Field field && field.receiver() != null) {
      return List.of(field.receiver());
    } else if (value instanceof Call call && !call.isBoxing()) {
      return call.operands();
    }
    return value instanceof Binary sum ? List.of(sum.left(), sum.right()) : List.of();
  }

  /** The two values that a conditional jump compares. */
  static List<Expression> compared(MethodNode method, int first, int jump) {
    Expressions run = new Expressions();
    run.operands(method, first, jump);
    return run.pop(2);
  }

  private List<Expression> operands(MethodNode method, int first, int end) {
    InsnList code = method.instructions;
    for (at = first; at < end; at++) {
      step(code.get(at));
    }
    return pop(operandCount(code.get(end)));
  }

  /** How many operands an instruction takes that can throw; 0 for others. */
  static int operandCount(AbstractInsnNode instruction) {
    if (instruction instanceof MethodInsnNode call) {
      int receiver = call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1;
      return Type.getArgumentTypes(call.desc).length + receiver;
    }
    if (instruction instanceof InvokeDynamicInsnNode call) {
      return Type.getArgumentTypes(call.desc).length;
    }
    int opcode = instruction.getOpcode();
    if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      return 2;
    }
    if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      return 3;
    }
    return switch (opcode) {
      case Opcodes.GETFIELD,
          Opcodes.ARRAYLENGTH,
          Opcodes.CHECKCAST,
          Opcodes.ATHROW,
          Opcodes.NEWARRAY,
          Opcodes.ANEWARRAY,
          Opcodes.MONITORENTER ->
          1;
      case Opcodes.PUTFIELD, Opcodes.IDIV, Opcodes.LDIV, Opcodes.IREM, Opcodes.LREM -> 2;
      default -> 0;
    };
  }

  private List<Expression> pop(int count) {
    List<Expression> popped = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      popped.add(pop());
    }
    Collections.reverse(popped);
    return popped;
  }

  private Expression pop() {
    return stack.isEmpty() ? new Unknown() : stack.pop();
  }

  private void push(Expression value) {
    producers.putIfAbsent(value, at);
    stack.push(value);
  }

  private void step(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    if (opcode < 0 || opcode == Opcodes.IINC) {
      return;
    }
    if (instruction instanceof VarInsnNode variable) {
      variable(variable);
    } else if (instruction instanceof FieldInsnNode field) {
      field(field);
    } else if (instruction instanceof MethodInsnNode call) {
      List<Expression> operands = pop(operandCount(call));
      result(Type.getReturnType(call.desc), new Call(call, operands));
    } else if (instruction instanceof InvokeDynamicInsnNode call) {
      pop(operandCount(call));
      result(Type.getReturnType(call.desc), new Unknown());
    } else if (instruction instanceof LdcInsnNode constant) {
      push(new Constant(constant.cst));
    } else if (instruction instanceof IntInsnNode number) {
      if (opcode == Opcodes.NEWARRAY) {
        pop();
        push(new Unknown());
      } else {
        push(new Constant(number.operand));
      }
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      pop(array.dims);
      push(new Unknown());
    } else {
      simple(opcode);
    }
  }

  private void variable(VarInsnNode instruction) {
    if (instruction.getOpcode() <= Opcodes.ALOAD) {
      push(new Variable(instruction.var));
    } else {
      pop();
    }
  }

  private void field(FieldInsnNode field) {
    boolean put = field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC;
    if (put) {
      pop();
    }
    boolean instance =
        field.getOpcode() == Opcodes.GETFIELD || field.getOpcode() == Opcodes.PUTFIELD;
    Expression receiver = instance ? pop() : null;
    if (!put) {
      push(new Field(field.owner, field.name, field.desc, receiver));
    }
  }

  private void result(Type type, Expression value) {
    if (type.getSort() != Type.VOID) {
      push(value);
    }
  }

  private void simple(int opcode) {
    if (opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.DCONST_1) {
      push(constant(opcode));
    } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
      Expression index = pop();
      push(new Element(pop(), index));
    } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
      pop(3);
    } else if (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) {
      shuffle(opcode);
    } else if (opcode >= Opcodes.INEG && opcode <= Opcodes.DNEG) {
      push(new Binary(Opcodes.ISUB, new Constant(0), pop()));
    } else if (opcode >= Opcodes.IADD && opcode <= Opcodes.LXOR) {
      Expression right = pop();
      push(new Binary(opcode, pop(), right));
    } else if ((opcode >= Opcodes.I2L && opcode <= Opcodes.I2S) || opcode == Opcodes.CHECKCAST) {
      push(new Converted(pop()));
    } else if (opcode >= Opcodes.LCMP && opcode <= Opcodes.DCMPG) {
      pop(2);
      push(new Unknown());
    } else if (opcode == Opcodes.ARRAYLENGTH) {
      push(new Length(pop()));
    } else if (opcode == Opcodes.NEW) {
      push(new Unknown());
    } else if (opcode == Opcodes.ANEWARRAY || opcode == Opcodes.INSTANCEOF) {
      pop();
      push(new Unknown());
    } else if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      pop();
    } else {
      // a branch: what lies on the stack afterwards depends on the way taken
      int depth = stack.size();
      stack.clear();
      for (int i = 0; i < depth; i++) {
        push(new Unknown());
      }
    }
  }

  private static Constant constant(int opcode) {
    if (opcode == Opcodes.ACONST_NULL) {
      return new Constant(null);
    }
    if (opcode <= Opcodes.ICONST_5) {
      return new Constant(opcode - Opcodes.ICONST_0);
    }
    if (opcode <= Opcodes.LCONST_1) {
      return new Constant((long) (opcode - Opcodes.LCONST_0));
    }
    return opcode <= Opcodes.FCONST_2
        ? new Constant((float) (opcode - Opcodes.FCONST_0))
        : new Constant((double) (opcode - Opcodes.DCONST_0));
  }

  /** Long and double count as one here, as the code that javac writes lets us. */
  private void shuffle(int opcode) {
    switch (opcode) {
      case Opcodes.POP, Opcodes.POP2 -> pop();
      case Opcodes.DUP -> {
        Expression top = pop();
        push(top);
        push(top);
      }
      case Opcodes.DUP2 -> {
        // of array and index before a compound assignment; of a long it is wrong and harmless
        Expression top = pop();
        Expression below = pop();
        push(below);
        push(top);
        push(below);
        push(top);
      }
      case Opcodes.DUP_X1, Opcodes.DUP2_X1 -> {
        Expression top = pop();
        Expression below = pop();
        push(top);
        push(below);
        push(top);
      }
      case Opcodes.DUP_X2, Opcodes.DUP2_X2 -> {
        Expression top = pop();
        Expression middle = pop();
        Expression below = pop();
        push(top);
        push(below);
        push(middle);
        push(top);
      }
      default -> {
        Expression top = pop();
        Expression below = pop();
        push(top);
        push(below);
      }
    }
  }
}
