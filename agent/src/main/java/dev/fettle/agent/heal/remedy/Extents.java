package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.SiteFacts;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * How long an array that a method never made must be, by what the method does with it: the bounds
 * of the counters that index it, the variables and constants that do, the letters that are counted
 * in it. Confined to the failing thread.
 */
final class Extents {
  private static final int LARGEST = 1 << 20;
  private static final int LETTERS = 26;
  private static final int DIGITS = 10;
  private static final int CHARACTERS = 128;

  private final MethodNode method;
  private final SiteFacts site;
  private final @Nullable Object[] locals;
  private boolean inside;

  Extents(Scene scene) {
    this.method = scene.method();
    this.site = scene.site();
    this.locals = scene.failure().localsAtStart();
  }

  /**
   * Lengths of the dimensions of an array in a variable or field, or of one of its rows, outermost
   * first, as far as the code says; empty when it says nothing.
   */
  List<Integer> of(Expression array) {
    int rows = 0;
    Expression root = array;
    while (root instanceof Expression.Element element) {
      root = element.array().bare();
      rows++;
    }
    if (!(root instanceof Expression.Variable) && !(root instanceof Expression.Field)) {
      return List.of();
    }
    inside = rows > 0;
    List<Integer> lengths = lengths(root);
    int known = lengths.indexOf(0) < 0 ? lengths.size() : lengths.indexOf(0);
    if (rows > 0) {
      // outer lengths need not be known: that array is there
      known = rows;
      while (known < lengths.size() && lengths.get(known) > 0) {
        known++;
      }
    }
    return rows >= known ? List.of() : lengths.subList(rows, known);
  }

  /** By dimension; 0 where unknown. */
  private List<Integer> lengths(Expression root) {
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < method.instructions.size(); i++) {
      if (IndexFault.isArrayAccess(method.instructions.get(i))) {
        List<Expression> given = Expressions.operandsOf(method, lineStart(method, i), i);
        int depth = depth(given.get(0).bare(), root);
        int length = depth < 0 ? 0 : length(given.get(1));
        while (length > 0 && lengths.size() <= depth) {
          lengths.add(0);
        }
        if (length > 0) {
          lengths.set(depth, Math.max(lengths.get(depth), length));
        }
      }
    }
    return lengths;
  }

  /** Where the line of an instruction starts: nearly always with an empty stack. */
  static int lineStart(MethodNode method, int at) {
    AbstractInsnNode node = method.instructions.get(at);
    while (node.getPrevious() != null && !(node instanceof LineNumberNode)) {
      node = node.getPrevious();
    }
    return method.instructions.indexOf(node);
  }

  /** 0 for the variable or field, 1 for its elements; -1 for others. */
  private static int depth(Expression array, Expression root) {
    if (array instanceof Expression.Variable variable) {
      return root instanceof Expression.Variable same && variable.slot() == same.slot() ? 0 : -1;
    }
    if (array instanceof Expression.Field field) {
      return root instanceof Expression.Field same
              && field.owner().equals(same.owner())
              && field.name().equals(same.name())
          ? 0
          : -1;
    }
    if (array instanceof Expression.Element element) {
      int outer = depth(element.array().bare(), root);
      return outer < 0 ? -1 : outer + 1;
    }
    return -1;
  }

  /** The least length that an index asks for; 0 when unknown. */
  private int length(Expression index) {
    Expression bare = index.bare();
    if (bare instanceof Expression.Binary sum
        && sum.opcode() == Opcodes.ISUB
        && sum.right().bare() instanceof Expression.Constant from
        && isCharacter(sum.left().bare())) {
      Object first = from.value();
      return first instanceof Number zero && zero.intValue() == '0' ? DIGITS : LETTERS;
    }
    if (isCharacter(bare)) {
      return CHARACTERS;
    }
    int length = lastIndex(bare) + 1;
    return length > LARGEST ? 0 : Math.max(0, length);
  }

  private boolean isCharacter(Expression value) {
    if (value instanceof Expression.Variable variable) {
      for (int i = 0; i < method.instructions.size(); i++) {
        if (method.instructions.get(i) instanceof VarInsnNode store
            && store.getOpcode() == Opcodes.ISTORE
            && store.var == variable.slot()) {
          return "C".equals(Variables.descriptor(method, variable.slot(), i + 1));
        }
      }
      return false;
    }
    return value instanceof Expression.Call call && call.instruction().desc.endsWith(")C");
  }

  /** The largest value of a sum with at most one variable; negative when unknown. */
  private int lastIndex(Expression value) {
    if (value instanceof Expression.Constant constant) {
      return constant.value() instanceof Integer number ? number : -1;
    }
    if (value instanceof Expression.Variable variable) {
      int bound = bound(variable.slot());
      return bound >= 0 ? bound : plain(variable.slot());
    }
    if (value instanceof Expression.Binary sum
        && (sum.opcode() == Opcodes.IADD || sum.opcode() == Opcodes.ISUB)
        && sum.right().bare() instanceof Expression.Constant constant
        && constant.value() instanceof Integer number) {
      int left = lastIndex(sum.left().bare());
      return left < 0 ? -1 : left + (sum.opcode() == Opcodes.IADD ? number : -number);
    }
    int size = size(value);
    return size < 0 ? -1 : size;
  }

  /** Of a variable that no loop steps, or of any for a row of its turn, the value; else -1. */
  private int plain(int slot) {
    for (AbstractInsnNode node : method.instructions) {
      if (!inside && node instanceof IincInsnNode step && step.var == slot) {
        return -1;
      }
    }
    boolean known = slot < locals.length && site.isLive(slot) && locals[slot] instanceof Integer;
    return known ? (Integer) locals[slot] : -1;
  }

  /** The largest value that a counter takes, by the comparison that ends its loop; -1 unknown. */
  private int bound(int counter) {
    int largest = -1;
    for (int i = 0; i < method.instructions.size(); i++) {
      AbstractInsnNode node = method.instructions.get(i);
      int opcode = node.getOpcode();
      if (node instanceof JumpInsnNode
          && opcode >= Opcodes.IF_ICMPLT
          && opcode <= Opcodes.IF_ICMPLE) {
        List<Expression> compared = Expressions.compared(method, lineStart(method, i), i);
        if (compared.get(0).bare() instanceof Expression.Variable variable
            && variable.slot() == counter) {
          int limit = limit(compared.get(1).bare());
          boolean inclusive = opcode == Opcodes.IF_ICMPGT || opcode == Opcodes.IF_ICMPLE;
          largest = Math.max(largest, limit < 0 ? -1 : inclusive ? limit : limit - 1);
        }
      }
    }
    return largest;
  }

  private int limit(Expression value) {
    if (value instanceof Expression.Variable variable) {
      return plain(variable.slot());
    }
    if (value instanceof Expression.Constant constant) {
      return constant.value() instanceof Integer number ? number : -1;
    }
    if (value instanceof Expression.Binary sum
        && (sum.opcode() == Opcodes.IADD || sum.opcode() == Opcodes.ISUB)
        && sum.right().bare() instanceof Expression.Constant constant
        && constant.value() instanceof Integer number) {
      int left = limit(sum.left().bare());
      return left < 0 ? -1 : left + (sum.opcode() == Opcodes.IADD ? number : -number);
    }
    return size(value);
  }

  /** Of {@code a.length}, {@code s.length()} and {@code c.size()}; -1 for others. */
  private int size(Expression value) {
    Expression of = null;
    if (value instanceof Expression.Length length) {
      of = length.array().bare();
    } else if (value instanceof Expression.Call call && isSize(call.instruction())) {
      of = call.operands().get(0).bare();
    }
    Object container = of == null ? null : value(of);
    if (container instanceof String text) {
      return text.length();
    } else if (container instanceof Collection<?> some
        && some.getClass().getName().startsWith("java.util.")) {
      return some.size();
    }
    return container != null && container.getClass().isArray() ? Array.getLength(container) : -1;
  }

  private static boolean isSize(MethodInsnNode call) {
    return (call.name.equals("length") || call.name.equals("size")) && call.desc.equals("()I");
  }

  /** Of a variable, or the first element of an array in one. */
  private @Nullable Object value(Expression expression) {
    if (expression instanceof Expression.Variable variable) {
      int slot = variable.slot();
      return slot < locals.length && site.isLive(slot) ? locals[slot] : null;
    }
    if (expression instanceof Expression.Element element) {
      Object array = value(element.array().bare());
      return array instanceof Object[] elements && elements.length > 0 ? elements[0] : null;
    }
    return null;
  }
}
