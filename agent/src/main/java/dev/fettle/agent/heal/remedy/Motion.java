package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * How a value changes from one iteration of a loop to the next, when it is a sum of loop counters
 * and constants.
 *
 * @param loop index in {@link SiteFacts#loops} of the innermost loop that changes it; -1 for none
 * @param direction 1 when it grows, -1 when it shrinks, 0 when that is not known
 */
record Motion(int loop, int direction) {
  private static final Motion NONE = new Motion(-1, 0);

  /** Of an index, whose counters are recognized by their steps in the loops around. */
  static Motion of(Expression value, SiteFacts site) {
    Map<Integer, Integer> weights = new HashMap<>();
    if (!addWeights(value.bare(), 1, weights)) {
      return NONE;
    }
    List<Loop> loops = site.loops();
    for (int loop = 0; loop < loops.size(); loop++) {
      Map<Integer, Integer> steps = steps(site.method(), loops.get(loop));
      int change = 0;
      boolean moves = false;
      for (Map.Entry<Integer, Integer> each : weights.entrySet()) {
        Integer step = steps.get(each.getKey());
        if (step != null) {
          moves = true;
          change += Integer.signum(step) * Integer.signum(each.getValue());
        }
      }
      if (moves) {
        return new Motion(loop, Integer.signum(change));
      }
    }
    return NONE;
  }

  /**
   * The local variables that a sum is made of, with their signs.
   *
   * @return false when something else is in it
   */
  static boolean addWeights(Expression value, int sign, Map<Integer, Integer> weights) {
    if (value instanceof Expression.Variable variable) {
      weights.merge(variable.slot(), sign, Integer::sum);
      return true;
    }
    if (value instanceof Expression.Constant || value instanceof Expression.Length) {
      return true;
    }
    if (value instanceof Expression.Call call) {
      return call.instruction().name.equals("length") || call.instruction().name.equals("size");
    }
    if (value instanceof Expression.Binary sum) {
      int opcode = sum.opcode();
      if (opcode == Opcodes.IADD || opcode == Opcodes.LADD) {
        return addWeights(sum.left().bare(), sign, weights)
            && addWeights(sum.right().bare(), sign, weights);
      }
      if (opcode == Opcodes.ISUB || opcode == Opcodes.LSUB) {
        return addWeights(sum.left().bare(), sign, weights)
            && addWeights(sum.right().bare(), -sign, weights);
      }
      if (opcode == Opcodes.IMUL && sum.right().bare() instanceof Expression.Constant) {
        return addWeights(sum.left().bare(), sign, weights);
      }
    }
    return false;
  }

  /** Whether a loop takes a step of its own in each turn: of its update part or its iterator. */
  static boolean advances(MethodNode method, Loop loop) {
    for (int i = loop.next(); loop.next() != loop.head() && i <= loop.last(); i++) {
      AbstractInsnNode instruction = method.instructions.get(i);
      if (instruction instanceof IincInsnNode
          || (instruction instanceof VarInsnNode store && storedStep(store) != null)) {
        return true;
      }
    }
    for (int i = loop.head(); i <= loop.last(); i++) {
      if (method.instructions.get(i) instanceof JumpInsnNode jump) {
        return previous(jump) instanceof MethodInsnNode call && call.name.equals("hasNext");
      }
    }
    return false;
  }

  /** The counters of a loop: slots and the sum of their steps, 0 when they go both ways. */
  static Map<Integer, Integer> steps(MethodNode method, Loop loop) {
    Map<Integer, Integer> steps = new HashMap<>();
    for (int i = loop.first(); i <= loop.last(); i++) {
      AbstractInsnNode instruction = method.instructions.get(i);
      if (instruction instanceof IincInsnNode increment) {
        add(steps, increment.var, increment.incr);
      } else if (instruction.getOpcode() == Opcodes.ISTORE
          || instruction.getOpcode() == Opcodes.LSTORE) {
        Integer step = storedStep((VarInsnNode) instruction);
        if (step != null) {
          add(steps, ((VarInsnNode) instruction).var, step);
        }
      }
    }
    return steps;
  }

  private static void add(Map<Integer, Integer> steps, int slot, int step) {
    steps.merge(slot, step, (a, b) -> Integer.signum(a) == Integer.signum(b) ? a : 0);
  }

  /** Whether a store adds a constant to what its variable held. */
  static boolean isStep(VarInsnNode store) {
    return storedStep(store) != null;
  }

  /** The step of {@code x = x + 2}; null for other stores. */
  private static @Nullable Integer storedStep(VarInsnNode store) {
    AbstractInsnNode operation = previous(store);
    AbstractInsnNode amount = operation == null ? null : previous(operation);
    AbstractInsnNode variable = amount == null ? null : previous(amount);
    if (operation == null
        || amount == null
        || !(variable instanceof VarInsnNode load)
        || load.var != store.var) {
      return null;
    }
    int sign =
        switch (operation.getOpcode()) {
          case Opcodes.IADD, Opcodes.LADD -> 1;
          case Opcodes.ISUB, Opcodes.LSUB -> -1;
          default -> 0;
        };
    int opcode = amount.getOpcode();
    if (sign == 0) {
      return null;
    }
    if (amount instanceof IntInsnNode number && opcode != Opcodes.NEWARRAY) {
      return sign * number.operand;
    }
    if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
      return sign * (opcode - Opcodes.ICONST_0);
    }
    return opcode == Opcodes.LCONST_1 ? Integer.valueOf(sign) : null;
  }

  private static @Nullable AbstractInsnNode previous(AbstractInsnNode instruction) {
    AbstractInsnNode at = instruction.getPrevious();
    while (at != null && at.getOpcode() < 0) {
      at = at.getPrevious();
    }
    return at;
  }
}
