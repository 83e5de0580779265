package dev.fettle.agent.weave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** Which named variables a method has where. */
final class Scopes {
  /** More are not reported; an invokedynamic takes at most some 250 slots. */
  private static final int VARIABLES = 60;

  private record Scope(Reported variable, int from, int to) {}

  private final List<Scope> scopes = new ArrayList<>();

  Scopes(MethodNode method, boolean onlyParameters) {
    addParameters(method);
    if (!onlyParameters && method.localVariables != null) {
      addLocals(method);
    }
    scopes.sort(
        Comparator.comparing((Scope s) -> !s.variable.parameter())
            .thenComparing(s -> s.variable.slot()));
  }

  private void addParameters(MethodNode method) {
    boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
    int slot = isStatic ? 0 : 1;
    int index = 0;
    for (Type type : Type.getArgumentTypes(method.desc)) {
      LocalVariableNode named = parameterAt(method, slot);
      String name = named == null ? nameOf(method, index) : named.name;
      int to = named == null ? Integer.MAX_VALUE : method.instructions.indexOf(named.end);
      scopes.add(new Scope(new Reported(slot, name, type.getDescriptor(), true), 0, to));
      slot += type.getSize();
      index++;
    }
  }

  private static @Nullable LocalVariableNode parameterAt(MethodNode method, int slot) {
    LocalVariableNode first = null;
    if (method.localVariables != null) {
      for (LocalVariableNode variable : method.localVariables) {
        if (variable.index == slot
            && (first == null
                || method.instructions.indexOf(variable.start)
                    < method.instructions.indexOf(first.start))) {
          first = variable;
        }
      }
    }
    return first != null && method.instructions.indexOf(first.start) <= 1 ? first : null;
  }

  private static String nameOf(MethodNode method, int index) {
    boolean known = method.parameters != null && index < method.parameters.size();
    String name = known ? method.parameters.get(index).name : null;
    return name == null ? "arg" + index : name;
  }

  private void addLocals(MethodNode method) {
    for (LocalVariableNode variable : method.localVariables) {
      boolean isThis = variable.index == 0 && (method.access & Opcodes.ACC_STATIC) == 0;
      int from = method.instructions.indexOf(variable.start);
      int to = method.instructions.indexOf(variable.end);
      if (!isThis && !isParameter(variable, from)) {
        Reported local = new Reported(variable.index, variable.name, variable.desc, false);
        scopes.add(new Scope(local, from, to));
      }
    }
  }

  private boolean isParameter(LocalVariableNode variable, int from) {
    return scopes.stream()
        .anyMatch(
            s ->
                s.variable.parameter()
                    && s.variable.slot() == variable.index
                    && s.variable.name().equals(variable.name)
                    && from < s.to);
  }

  /** Variables in scope at an instruction whose slots hold what they should, parameters first. */
  List<Reported> at(int position, List<Object> slotTypes) {
    List<Reported> found = new ArrayList<>();
    for (Scope scope : scopes) {
      Reported variable = scope.variable;
      if (scope.from <= position
          && position < scope.to
          && variable.slot() < slotTypes.size()
          && variable.fits(slotTypes.get(variable.slot()))
          && found.size() < VARIABLES
          && found.stream().noneMatch(f -> f.slot() == variable.slot())) {
        found.add(variable);
      }
    }
    return found;
  }
}
