package dev.fettle.agent.heal.remedy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** The named local variables of a method. */
record Variables() {
  /** One that is in scope. */
  record Named(int slot, String name, String descriptor, boolean parameter) {}

  /** Those in scope at an instruction, parameters first, without {@code this}. */
  static List<Named> at(MethodNode method, int instruction) {
    List<Named> found = new ArrayList<>();
    if (method.localVariables == null) {
      return found;
    }
    for (LocalVariableNode variable : method.localVariables) {
      int start = method.instructions.indexOf(variable.start);
      int end = method.instructions.indexOf(variable.end);
      boolean self = variable.index == 0 && variable.name.equals("this");
      if (start <= instruction && instruction < end && !self) {
        found.add(
            new Named(
                variable.index, variable.name, variable.desc, isParameter(method, variable.index)));
      }
    }
    found.sort((a, b) -> Integer.compare(a.slot, b.slot));
    return found;
  }

  /** The declared type of a slot at an instruction; null when the class file does not say. */
  static @Nullable String descriptor(MethodNode method, int slot, int instruction) {
    for (Named variable : at(method, instruction)) {
      if (variable.slot == slot) {
        return variable.descriptor;
      }
    }
    return null;
  }

  /** The generic type of a slot at an instruction; null when it has none or it is not known. */
  static @Nullable String signature(MethodNode method, int slot, int instruction) {
    if (method.localVariables == null) {
      return null;
    }
    for (LocalVariableNode variable : method.localVariables) {
      if (variable.index == slot
          && method.instructions.indexOf(variable.start) <= instruction
          && instruction < method.instructions.indexOf(variable.end)) {
        return variable.signature;
      }
    }
    return null;
  }

  static boolean isParameter(MethodNode method, int slot) {
    int size = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    for (Type type : Type.getArgumentTypes(method.desc)) {
      size += type.getSize();
    }
    return slot < size;
  }
}
