package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Iterates over a copy of a container of {@code java.util} that was changed while it was iterated
 * over, from its start: what the loop did to the container stays. Source: data structure repair
 * (Demsky and Rinard 2003); iterators over snapshots, as of {@code CopyOnWriteArrayList}.
 */
record IterateCopy() implements Remedy {
  private static final int LARGEST = 1 << 16;

  @Override
  public String name() {
    return "iterate-copy";
  }

  @Override
  public String page() {
    return "change-state";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (scene.kind() != Kind.CONCURRENT
        || !(scene.instruction() instanceof MethodInsnNode call)
        || !call.name.equals("next")
        || scene.failure().replayRefusal(false) != null) {
      return null;
    }
    Expressions.Operand iterator =
        Expressions.operandOf(scene.method(), scene.site().regionFirst(), scene.culprit(), 0);
    if (iterator == null
        || !(iterator.value() instanceof Expression.Variable variable)
        || !scene.site().isWritable(variable.slot())) {
      return null;
    }
    Expression container = iterated(scene.method(), variable.slot());
    if (container == null || copy(scene.failure(), container) == null) {
      return null;
    }
    return failure -> {
      Collection<?> copy = copy(failure, container);
      return copy == null
          ? null
          : new Action.Replay(false, Map.of(variable.slot(), copy.iterator()), Map.of(), false);
    };
  }

  /** What the iterator in a variable was asked of; null when that is not plain. */
  private static @Nullable Expression iterated(MethodNode method, int slot) {
    Expression found = null;
    for (int i = 1; i < method.instructions.size(); i++) {
      if (method.instructions.get(i) instanceof VarInsnNode store
          && store.getOpcode() == Opcodes.ASTORE
          && store.var == slot) {
        AbstractInsnNode before = method.instructions.get(i - 1);
        boolean asked = before instanceof MethodInsnNode call && call.name.equals("iterator");
        if (!asked || found != null) {
          return null;
        }
        found = Expressions.operandsOf(method, Extents.lineStart(method, i - 1), i - 1).get(0);
      }
    }
    return found == null ? null : found.bare();
  }

  private static @Nullable Collection<?> copy(Failure failure, Expression container) {
    return value(failure, container) instanceof Collection<?> some
            && some.getClass().getName().startsWith("java.util.")
            && some.size() <= LARGEST
        ? new ArrayList<>(some)
        : null;
  }

  private static @Nullable Object value(Failure failure, Expression expression) {
    if (expression instanceof Expression.Variable variable) {
      return failure.site().isLive(variable.slot())
          ? failure.localsAtStart()[variable.slot()]
          : null;
    } else if (expression instanceof Expression.Field field) {
      Expression receiver = field.receiver();
      Object on = receiver == null ? null : value(failure, receiver.bare());
      return receiver != null && on == null ? null : Home.read(failure, field, on);
    } else if (expression instanceof Expression.Call view
        && view.operands().size() == 1
        && value(failure, view.operands().get(0).bare()) instanceof Map<?, ?> map
        && map.getClass().getName().startsWith("java.util.")) {
      return switch (view.instruction().name) {
        case "keySet" -> map.keySet();
        case "values" -> map.values();
        case "entrySet" -> map.entrySet();
        default -> null;
      };
    }
    return null;
  }
}
