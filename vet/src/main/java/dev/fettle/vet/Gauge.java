package dev.fettle.vet;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;

/** Code that counts; it finds the counter in local variable 0. */
interface Gauge {
  /** Internal name of the counter's type. */
  String type();

  /** Counts one step; leaves the stack as it is. */
  InsnList tick();

  /** Counts a caught throwable, on top of the stack; leaves it there. */
  InsnList caught();

  /**
   * What must run before an instruction, after a NEW; empty for most. Leaves the stack as it is.
   *
   * @param free first local variable that nothing uses
   */
  InsnList before(AbstractInsnNode insn, int free);

  /**
   * What runs instead of an instruction, leaving the stack as it would; null to let it be.
   *
   * @param free first local variable that nothing uses
   */
  default @Nullable InsnList instead(AbstractInsnNode insn, int free) {
    return null;
  }
}
