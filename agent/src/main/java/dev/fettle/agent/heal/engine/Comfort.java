package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Refuses to skip what reaches outside the program: I/O, databases, messages, locks, native code.
 * Thread-safe.
 */
final class Comfort {
  private static final String NONE = "";

  private final MethodPlan plan;
  private final Effects effects;
  private final Map<Integer, String> refusals = new ConcurrentHashMap<>();

  Comfort(MethodPlan plan, Effects effects) {
    this.plan = plan;
    this.effects = effects;
  }

  @Nullable String refusal(Region region, Exit exit) {
    boolean leavesIteration = exit.kind() == Exit.Kind.CONTINUE || exit.kind() == Exit.Kind.BREAK;
    int last = leavesIteration ? region.loops().get(exit.loop()).last() : region.statementLast();
    return refusal(region.first(), last);
  }

  @Nullable String returnRefusal(Region region) {
    return refusal(region.first(), plan.method().instructions.size() - 1);
  }

  private @Nullable String refusal(int first, int last) {
    String why = refusals.computeIfAbsent(first * 65_536 + last, key -> search(first, last));
    return why.equals(NONE) ? null : why;
  }

  private String search(int first, int last) {
    for (int i = first; i <= last; i++) {
      AbstractInsnNode node = plan.node(i);
      if (node.getOpcode() >= 0
          && plan.depth(i) >= 0
          && effects.of(node) == Effects.Level.OUTSIDE) {
        return "it would skip " + describe(node);
      }
    }
    return NONE;
  }

  private static String describe(AbstractInsnNode node) {
    if (node instanceof MethodInsnNode call) {
      return call.owner.replace('/', '.') + "." + call.name;
    }
    return node instanceof InvokeDynamicInsnNode ? "a lambda with effects" : "a lock";
  }
}
