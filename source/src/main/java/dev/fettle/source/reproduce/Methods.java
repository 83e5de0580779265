package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the method that a frame ran. */
final class Methods {
  private Methods() {}

  /** By descriptor where the frame has one, else by the line among those of the name. */
  static Optional<MethodNode> of(CapturedFrame frame, ClassPool classes) {
    List<MethodNode> named =
        classes.find(frame.className().replace('.', '/')).stream()
            .flatMap(c -> c.methods.stream())
            .filter(m -> m.name.equals(frame.method()))
            .filter(m -> frame.descriptor().isEmpty() || m.desc.equals(frame.descriptor()))
            .toList();
    return named.stream()
        .filter(m -> hasLine(m, frame.line()))
        .findFirst()
        .or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty());
  }

  private static boolean hasLine(MethodNode m, int line) {
    for (AbstractInsnNode insn : m.instructions) {
      if (insn instanceof LineNumberNode number && number.line == line) {
        return true;
      }
    }
    return false;
  }
}
