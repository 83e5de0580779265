package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * An index outside its array, list or text.
 *
 * @param instruction that uses it
 * @param position of the index among the instruction's operands
 * @param container what is indexed
 * @param index where it came from
 * @param value the index
 * @param length allowed are 0 to this, exclusive
 * @param motion of the index through the loops around
 */
record IndexFault(
    int instruction,
    int position,
    Expression container,
    Expression index,
    int value,
    int length,
    Motion motion) {

  private static final Pattern NUMBERS = Pattern.compile("-?\\d{1,10}");
  private static final Set<String> INDEXING =
      Set.of(
          "charAt",
          "get",
          "set",
          "remove",
          "add",
          "elementAt",
          "codePointAt",
          "setCharAt",
          "deleteCharAt",
          "substring",
          "subSequence",
          "insert",
          "subList");

  /** How the index will behave when the loop goes on. */
  enum Way {
    /** Every further iteration would be outside too. */
    OUTWARD,
    /** The loop moves it inside. */
    INWARD,
    /** No loop changes it; it is a plain variable or a sum of them, set before the loop. */
    STILL,
    /** It is a field, or one and a constant: a cursor that outlives the method. */
    KEPT,
    /** It is made of lengths. */
    FIXED,
    /** It is a constant. */
    CONSTANT,
    /** It was computed in other ways, or set in this turn of the loop. */
    COMPUTED
  }

  /** Null when it is not known which instruction of the statement failed. */
  static @Nullable IndexFault of(Failure failure, int instruction, @Nullable Object[] operands) {
    SiteFacts site = failure.site();
    AbstractInsnNode node = site.method().instructions.get(instruction);
    if (instruction < 0 || !isIndexing(node)) {
      return null;
    }
    List<Expression> given = Expressions.operandsOf(site.method(), site.regionFirst(), instruction);
    int position = position(node, operands);
    if (position >= given.size()) {
      return null;
    }
    int value = 0;
    int length = -1;
    if (operands.length > position && operands[position] instanceof Number number) {
      value = number.intValue();
      length = lengthOf(operands[0], node);
    }
    if (length < 0) {
      int[] told = numbers(failure.thrown().getMessage());
      if (told == null) {
        return null;
      }
      value = told[0];
      length = told[1];
    }
    Expression index = given.get(position);
    return new IndexFault(
        instruction, position, given.get(0), index, value, length, Motion.of(index, site));
  }

  static boolean isIndexing(AbstractInsnNode node) {
    return isArrayAccess(node)
        || (node instanceof MethodInsnNode call
            && INDEXING.contains(call.name)
            && (call.desc.startsWith("(I") || call.desc.startsWith("(II")));
  }

  static boolean isArrayAccess(AbstractInsnNode node) {
    int opcode = node.getOpcode();
    return (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD)
        || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
  }

  /**
   * The second index of {@code substring} when that is the one outside: beyond the end, or before
   * the start, as what was searched for and not found is.
   */
  private static int position(AbstractInsnNode node, @Nullable Object[] operands) {
    if (node instanceof MethodInsnNode call
        && call.desc.startsWith("(II")
        && operands.length > 2
        && operands[2] instanceof Integer end
        && operands[1] instanceof Integer start
        && start >= 0
        && (end < 0 || end >= lengthOf(operands[0], node))) {
      return 2;
    }
    return 1;
  }

  /** How many indexes there are; one more where the end is an index too. -1 when unknown. */
  private static int lengthOf(@Nullable Object container, AbstractInsnNode node) {
    int length = -1;
    if (container instanceof CharSequence text) {
      length = text.length();
    } else if (container instanceof List<?> list && list.getClass().getName().startsWith("java.")) {
      length = list.size();
    } else if (container != null && container.getClass().isArray()) {
      length = Array.getLength(container);
    }
    boolean endCounts =
        node instanceof MethodInsnNode call
            && Set.of("substring", "subSequence", "subList", "add", "insert").contains(call.name);
    return endCounts && length >= 0 ? length + 1 : length;
  }

  /** Index and length as the JDK's messages give them; null when they do not. */
  private static int @Nullable [] numbers(@Nullable String message) {
    if (message == null || !message.contains("length")) {
      return null;
    }
    Matcher matcher = NUMBERS.matcher(message);
    long first = 0;
    long last = -1;
    for (int found = 0; matcher.find(); found++) {
      last = Long.parseLong(matcher.group());
      first = found == 0 ? last : first;
    }
    boolean fits = first == (int) first && last == (int) last && last >= 0;
    return fits ? new int[] {(int) first, (int) last} : null;
  }

  boolean isHigh() {
    return value >= length;
  }

  /** The nearest index inside; -1 when there is none. */
  int nearest() {
    if (isEnd()) {
      // without the separator that was searched for a text is its own first part
      return length - 1;
    }
    return value < 0 ? (length > 0 ? 0 : -1) : length - 1;
  }

  /**
   * @param site where it happened
   */
  Way way(SiteFacts site) {
    if (motion.loop() >= 0 && motion.direction() != 0) {
      return (motion.direction() > 0) == isHigh() ? Way.OUTWARD : Way.INWARD;
    }
    Map<Integer, Integer> weights = new HashMap<>();
    if (isKept(index.bare())) {
      return Way.KEPT;
    } else if (!Motion.addWeights(index.bare(), 1, weights)) {
      return Way.COMPUTED;
    }
    if (!weights.isEmpty()) {
      return isDrawn(site, weights.keySet()) ? Way.COMPUTED : Way.STILL;
    }
    return isConstant(index.bare()) ? Way.CONSTANT : Way.FIXED;
  }

  /** Whether it is a field, or one and a constant. */
  private static boolean isKept(Expression value) {
    return value instanceof Expression.Field
        || (value instanceof Expression.Binary sum
            && (sum.opcode() == Opcodes.IADD || sum.opcode() == Opcodes.ISUB)
            && sum.left().bare() instanceof Expression.Field
            && sum.right().bare() instanceof Expression.Constant);
  }

  /** Whether the innermost loop sets a variable of the index in each turn to something else. */
  private static boolean isDrawn(SiteFacts site, Set<Integer> slots) {
    if (site.loops().isEmpty()) {
      return false;
    }
    SiteFacts.Loop loop = site.loops().get(0);
    for (int i = loop.first(); i <= loop.last(); i++) {
      AbstractInsnNode node = site.method().instructions.get(i);
      if (node instanceof VarInsnNode store
          && node.getOpcode() == Opcodes.ISTORE
          && slots.contains(store.var)
          && !Motion.isStep(store)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isConstant(Expression value) {
    return value instanceof Expression.Constant
        || (value instanceof Expression.Binary sum
            && isConstant(sum.left().bare())
            && isConstant(sum.right().bare()));
  }

  /** Whether it is the end of a range: one that is too far means as far as there is. */
  boolean isEnd() {
    return position == 2;
  }
}
