package dev.fettle.agent.weave;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * A catch clause that the program wrote.
 *
 * @param from first covered bytecode index
 * @param to after the last
 * @param type binary name of what it catches
 * @param rethrows whether it may throw, the same or a wrapper
 */
public record Catch(int from, int to, String type, boolean rethrows) {
  private static final Set<String> BROAD =
      Set.of(
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error");

  /** Whether it catches what nobody thought of. */
  public boolean broad() {
    return BROAD.contains(type);
  }

  /**
   * Whether the code of a handler contains a throw: a scan from its start to where straight flow
   * leaves it, following conditional jumps only, or to where the flow of the try block joins it.
   */
  static boolean rethrows(InsnList code, TryCatchBlockNode block) {
    int end = code.indexOf(block.handler);
    int limit = joinAfter(code, block);
    for (int i = end; i < limit; i++) {
      AbstractInsnNode node = code.get(i);
      int opcode = node.getOpcode();
      if (opcode == Opcodes.ATHROW) {
        return true;
      }
      if (node instanceof JumpInsnNode jump && opcode != Opcodes.GOTO) {
        end = Math.max(end, code.indexOf(jump.label));
      }
      boolean leaves =
          opcode == Opcodes.GOTO || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN);
      if (leaves && i >= end) {
        return false;
      }
    }
    return false;
  }

  /** Where the jump over the handlers goes that ends the try block; the code's end without one. */
  private static int joinAfter(InsnList code, TryCatchBlockNode block) {
    AbstractInsnNode node = block.end;
    while (node != null && node.getOpcode() < 0) {
      node = node.getNext();
    }
    if (node instanceof JumpInsnNode jump
        && jump.getOpcode() == Opcodes.GOTO
        && code.indexOf(jump.label) > code.indexOf(block.handler)) {
      return code.indexOf(jump.label);
    }
    return code.size();
  }
}
