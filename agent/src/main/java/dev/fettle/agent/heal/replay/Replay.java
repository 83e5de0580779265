package dev.fettle.agent.heal.replay;

import dev.fettle.agent.heal.Operator;
import dev.fettle.agent.heal.plan.MethodPlan;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Interprets instructions of a method on copies of its local variables: real calls and real fields,
 * through the class's own rights. Each instance runs once and is confined to a thread.
 */
public final class Replay {
  private static final int STEPS = 20_000;

  /** How a run ended. */
  public sealed interface End {}

  /** It came to where it was to stop; the variables are as the JVM sees them. */
  public record Reached(int index, @Nullable Object[] locals) implements End {}

  /** The method returned; the value is as the JVM sees it. */
  public record Returned(@Nullable Object value) implements End {}

  /**
   * It threw, or cannot be run.
   *
   * @param index where
   * @param operands of the instruction there, boxed by their declared types; null when not known
   * @param effects whether something outside the run was changed before
   */
  public record Failed(
      int index, @Nullable Object @Nullable [] operands, Throwable thrown, boolean effects)
      implements End {}

  /** A run met an instruction that it must not execute. */
  static final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1;

    Forbidden(String why) {
      super(why, null, false, false);
    }
  }

  /** Says whether a call may be executed, and hears of what has effects. */
  public interface Guard {
    /** Lets everything run. */
    Guard NONE = (index, node, operands, fresh) -> true;

    /**
     * Called before an instruction that may have effects.
     *
     * @param fresh whether an object was made by this run
     * @return whether it has none
     * @throws RuntimeException to end the run there
     */
    boolean isHarmless(
        int index,
        AbstractInsnNode node,
        @Nullable Object[] operands,
        java.util.function.Predicate<Object> fresh);
  }

  /** What NEW leaves until its constructor ran; two of them are two objects. */
  private static final class Uninitialized {}

  private final MethodPlan plan;
  private final Members members;
  private final Map<Integer, Operator> operators;
  private final Guard guard;
  private final @Nullable Object[] locals;
  private final @Nullable Object[] stack;
  private final Set<Object> made = Collections.newSetFromMap(new IdentityHashMap<>());
  private int top;
  private int at;
  private boolean effects;
  private @Nullable Object @Nullable [] operands;

  /**
   * @param locals as the JVM sees them, by slot; copied
   * @param given objects that nobody else knows: changing them has no effect outside
   */
  public Replay(
      MethodPlan plan,
      Members members,
      @Nullable Object[] locals,
      Map<Integer, Operator> operators,
      Collection<? extends @Nullable Object> given,
      Guard guard) {
    this.plan = plan;
    this.members = members;
    this.operators = operators;
    this.guard = guard;
    this.locals = new Object[plan.method().maxLocals];
    System.arraycopy(locals, 0, this.locals, 0, Math.min(locals.length, this.locals.length));
    this.stack = new Object[plan.method().maxStack + 2];
    made.addAll(given);
  }

  /**
   * Runs until the operand stack is empty at a place to stop at, or the method ends.
   *
   * @param start an instruction that begins with an empty stack
   * @param stops says where to stop; not asked for the start at first
   */
  public End run(int start, IntPredicate stops) {
    at = start;
    try {
      for (int step = 0; step < STEPS; step++) {
        if (step > 0 && top == 0 && plan.isLeader(at) && stops.test(at)) {
          return new Reached(at, locals);
        }
        AbstractInsnNode node = plan.node(at);
        int opcode = node.getOpcode();
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
          return new Returned(opcode == Opcodes.RETURN ? null : pop());
        }
        operands = null;
        at = step(node, opcode);
      }
      return new Failed(at, null, new Forbidden("it runs too long"), effects);
    } catch (Throwable firebreak) {
      return new Failed(at, operands, firebreak, effects);
    }
  }

  /** Executes one instruction and gives the next. */
  private int step(AbstractInsnNode node, int opcode) throws Throwable {
    if (node instanceof JumpInsnNode jump) {
      return jumps(opcode) ? plan.at(jump.label) : plan.after(at);
    }
    if (node instanceof TableSwitchInsnNode table) {
      int key = popInt();
      boolean inside = key >= table.min && key <= table.max;
      return plan.at(inside ? table.labels.get(key - table.min) : table.dflt);
    }
    if (node instanceof LookupSwitchInsnNode lookup) {
      int found = lookup.keys.indexOf(popInt());
      return plan.at(found < 0 ? lookup.dflt : lookup.labels.get(found));
    }
    execute(node, opcode);
    return plan.after(at);
  }

  private void execute(AbstractInsnNode node, int opcode) throws Throwable {
    if (node instanceof VarInsnNode var) {
      variable(var, opcode);
    } else if (node instanceof IincInsnNode increment) {
      locals[increment.var] = (int) locals[increment.var] + increment.incr;
    } else if (node instanceof LdcInsnNode constant) {
      push(members.constant(constant.cst));
    } else if (node instanceof IntInsnNode number && opcode != Opcodes.NEWARRAY) {
      push(number.operand);
    } else if (opcode == Opcodes.NEW) {
      push(new Uninitialized());
    } else if (opcode <= Opcodes.DCONST_1) {
      push(Arithmetic.constant(opcode));
    } else if (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) {
      shuffle(opcode);
    } else if (Arithmetic.isPlain(opcode)) {
      plain(opcode);
    } else {
      special(node, opcode);
    }
  }

  private void variable(VarInsnNode var, int opcode) {
    if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
      locals[var.var] = pop();
    } else if (opcode == Opcodes.RET) {
      throw new Forbidden("a subroutine");
    } else {
      push(locals[var.var]);
    }
  }

  private void plain(int opcode) {
    if (Arithmetic.isUnary(opcode)) {
      push(Arithmetic.unary(opcode, popNumber()));
    } else {
      Number right = popNumber();
      Number left = popNumber();
      push(Arithmetic.binary(opcode, left, right));
    }
  }

  private boolean jumps(int opcode) {
    return switch (opcode) {
      case Opcodes.GOTO -> true;
      case Opcodes.IFNULL -> pop() == null;
      case Opcodes.IFNONNULL -> pop() != null;
      case Opcodes.IF_ACMPEQ -> popSame();
      case Opcodes.IF_ACMPNE -> !popSame();
      case Opcodes.JSR -> throw new Forbidden("a subroutine");
      default -> {
        boolean two = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE;
        int right = two ? popInt() : 0;
        yield Arithmetic.compares(opcode, popInt(), right);
      }
    };
  }

  /** Instructions that can throw or have effects: operators may stand around them. */
  private void special(AbstractInsnNode node, int opcode) throws Throwable {
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      throw new Forbidden("a lock");
    }
    boolean constructor = isConstructor(node);
    Object[] taken = take(node, opcode);
    Object fresh = constructor ? pop() : null;
    operands = taken;
    if (!guard.isHarmless(at, node, taken, made::contains)) {
      effects = true;
    }
    Operator operator = operators.get(at);
    Object result =
        operator == null
            ? proceed(node, opcode, taken)
            : operator.apply(taken.clone(), given -> proceed(node, opcode, given));
    if (constructor) {
      replace(fresh, result);
      made.add(result);
    } else {
      String type = resultOf(node, opcode, taken);
      if (!type.equals("V")) {
        boolean primitive = type.length() == 1;
        push(primitive ? Boxes.raw(Boxes.boxed(result, type)) : result);
        if (isAllocation(node, opcode)) {
          made.add(result);
        }
      }
    }
  }

  private static boolean isConstructor(AbstractInsnNode node) {
    return node instanceof MethodInsnNode call && call.name.equals("<init>");
  }

  private static boolean isAllocation(AbstractInsnNode node, int opcode) {
    return opcode == Opcodes.NEWARRAY
        || opcode == Opcodes.ANEWARRAY
        || opcode == Opcodes.MULTIANEWARRAY
        || node instanceof InvokeDynamicInsnNode;
  }

  private void replace(@Nullable Object from, @Nullable Object to) {
    if (!(from instanceof Uninitialized)) {
      throw new Forbidden("a constructor of this");
    }
    for (int i = 0; i < top; i++) {
      stack[i] = stack[i] == from ? to : stack[i];
    }
  }

  /** Pops an instruction's operands, boxed by their declared types. */
  private @Nullable Object[] take(AbstractInsnNode node, int opcode) {
    String[] types = Operands.types(node, opcode);
    Object[] taken = new Object[types.length];
    for (int i = types.length - 1; i >= 0; i--) {
      taken[i] = Boxes.boxed(pop(), types[i]);
    }
    return taken;
  }

  private @Nullable Object proceed(AbstractInsnNode node, int opcode, @Nullable Object[] given)
      throws Throwable {
    if (node instanceof MethodInsnNode call) {
      if (opcode != Opcodes.INVOKESTATIC && !isConstructor(node) && given[0] == null) {
        throw new NullPointerException("receiver of " + call.name + " is null");
      }
      if (call.owner.startsWith("java/lang/invoke/")) {
        throw new Forbidden("a call of a method handle");
      }
    } else if ((opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD) && given[0] == null) {
      throw new NullPointerException("owner of a field is null");
    }
    Object familiar =
        node instanceof MethodInsnNode call ? Familiar.call(call, given) : Familiar.NO;
    if (familiar != Familiar.NO) {
      return familiar;
    }
    if (node instanceof MethodInsnNode
        || node instanceof FieldInsnNode
        || node instanceof InvokeDynamicInsnNode) {
      MethodHandle handle = members.of(node);
      return (Object) handle.invokeExact(given);
    }
    return Operands.execute(node, opcode, given, members);
  }

  private static String resultOf(AbstractInsnNode node, int opcode, @Nullable Object[] taken) {
    if (node instanceof MethodInsnNode call) {
      return Type.getReturnType(call.desc).getDescriptor();
    }
    if (node instanceof InvokeDynamicInsnNode dynamic) {
      return Type.getReturnType(dynamic.desc).getDescriptor();
    }
    if (node instanceof FieldInsnNode field) {
      return opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC ? field.desc : "V";
    }
    return Operands.result(opcode, taken);
  }

  private void shuffle(int opcode) {
    switch (opcode) {
      case Opcodes.POP -> pop();
      case Opcodes.POP2 -> {
        if (!Boxes.isWide(pop())) {
          pop();
        }
      }
      case Opcodes.SWAP -> insert(1, 1, true);
      case Opcodes.DUP -> insert(1, 0, false);
      case Opcodes.DUP_X1 -> insert(1, 1, false);
      case Opcodes.DUP_X2 -> insert(1, Boxes.isWide(stack[top - 2]) ? 1 : 2, false);
      default -> {
        int count = Boxes.isWide(stack[top - 1]) ? 1 : 2;
        int below = opcode == Opcodes.DUP2 ? 0 : 1;
        if (opcode == Opcodes.DUP2_X2 && !Boxes.isWide(stack[top - count - 1])) {
          below = 2;
        }
        insert(count, below, false);
      }
    }
  }

  /** Copies the topmost entries below some others; a swap does not keep the originals. */
  private void insert(int count, int below, boolean move) {
    Object[] copied = new Object[count];
    for (int i = 0; i < count; i++) {
      copied[i] = stack[top - count + i];
    }
    int base = top - count - below;
    int moved = move ? below : below + count;
    System.arraycopy(stack, base, stack, base + count, moved);
    System.arraycopy(copied, 0, stack, base, count);
    top = base + count + moved;
  }

  private void push(@Nullable Object value) {
    stack[top++] = value;
  }

  private @Nullable Object pop() {
    Object value = stack[--top];
    stack[top] = null;
    return value;
  }

  private boolean popSame() {
    Object right = pop();
    return pop() == right;
  }

  private Number popNumber() {
    if (pop() instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("no number on the stack");
  }

  private int popInt() {
    return popNumber().intValue();
  }
}
