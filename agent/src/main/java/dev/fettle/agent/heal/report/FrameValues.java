package dev.fettle.agent.heal.report;

import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.wire.Local;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** The named variables of a frame as they may be sent. */
final class FrameValues {
  private FrameValues() {}

  /**
   * @param locals by slot
   */
  static List<Local> of(
      MethodNode method, @Nullable Object[] locals, ValueCapture.Copier copier, SiteFacts site) {
    if (method.localVariables == null) {
      return List.of();
    }
    int at = site.regionFirst();
    int parameters = parameterSlots(method);
    List<LocalVariableNode> named = new ArrayList<>(method.localVariables);
    named.sort(Comparator.comparingInt(v -> v.index));
    List<Local> values = new ArrayList<>();
    for (LocalVariableNode variable : named) {
      boolean fits = variable.index < locals.length;
      if (fits && covers(method, variable, at, site.regionLast())) {
        String declared = Type.getType(variable.desc).getClassName();
        values.add(
            new Local(
                variable.name,
                variable.desc,
                variable.index < parameters,
                copier.copy(variable.name, declared, locals[variable.index])));
      }
    }
    return values;
  }

  /** In scope at the region, or declared by it. */
  private static boolean covers(MethodNode method, LocalVariableNode variable, int from, int to) {
    int start = index(method, variable.start);
    int end = index(method, variable.end);
    return start <= to + 2 && end > from;
  }

  private static int index(MethodNode method, AbstractInsnNode insn) {
    return method.instructions.indexOf(insn);
  }

  private static int parameterSlots(MethodNode method) {
    int slots = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
    for (Type type : Type.getArgumentTypes(method.desc)) {
      slots += type.getSize();
    }
    return slots;
  }
}
