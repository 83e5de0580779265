package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Who puts into a container, as far as straight lines of code tell. */
record Drains() {
  private static final Set<String> PUTTING =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "append",
          "offer",
          "offerFirst",
          "offerLast",
          "push",
          "put",
          "putAll",
          "putIfAbsent");

  /** Whether the innermost loop takes from what it never puts into. */
  static boolean isOnlyTakenFrom(Scene scene) {
    List<Expression> given =
        scene.culprit() < 0
            ? List.of()
            : Expressions.operandsOf(scene.method(), scene.site().regionFirst(), scene.culprit());
    if (given.isEmpty() || !(scene.instruction() instanceof MethodInsnNode take)) {
      return false;
    }
    Loop loop = scene.site().loops().get(0);
    return Use.of(take) == Use.CHANGE
        && !isFilled(scene.method(), loop.first(), loop.last() + 1, given.get(0).bare());
  }

  /**
   * Whether code puts something into the container in a variable or field.
   *
   * @param first index of the code's first instruction
   * @param end behind its last
   */
  static boolean isFilled(MethodNode method, int first, int end, Expression container) {
    boolean kept =
        container instanceof Expression.Variable || container instanceof Expression.Field;
    for (int i = first; kept && i < end; i++) {
      AbstractInsnNode node = method.instructions.get(i);
      if (node instanceof MethodInsnNode call && PUTTING.contains(call.name)) {
        List<Expression> given = Expressions.operandsOf(method, Extents.lineStart(method, i), i);
        if (!given.isEmpty() && given.get(0).bare().equals(container)) {
          return true;
        }
      }
    }
    return false;
  }
}
