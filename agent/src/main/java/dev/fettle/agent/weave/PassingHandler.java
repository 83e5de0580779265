package dev.fettle.agent.weave;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A handler that a compiler made of {@code finally}, {@code synchronized} or try-with-resources: it
 * keeps whatever was thrown, cleans up, and throws it again.
 *
 * @param frame the verification frame at its start
 * @param again the instruction that throws it again
 */
record PassingHandler(FrameNode frame, AbstractInsnNode again) {
  private static final String EVERYTHING = "java/lang/Throwable";
  private static final Integer UNBORN = Opcodes.UNINITIALIZED_THIS;

  /** Empty when the handler is anything else, as far as straight reading can tell. */
  static Optional<PassingHandler> of(TryCatchBlockNode block) {
    if (block.type != null && !block.type.equals(EVERYTHING)) {
      return Optional.empty();
    }
    FrameNode frame = null;
    AbstractInsnNode first = block.handler;
    while (first != null && first.getOpcode() < 0) {
      frame = first instanceof FrameNode found ? found : frame;
      first = first.getNext();
    }
    if (frame == null || !(first instanceof VarInsnNode kept) || !stores(kept)) {
      return Optional.empty();
    }
    FrameNode start = frame;
    return again(kept, block.type == null).map(last -> new PassingHandler(start, last));
  }

  /** Whether the frame can be that of a handler of ours too. */
  boolean isPlain(boolean inStatic) {
    return frame.local.stream().noneMatch(t -> t instanceof LabelNode || t == UNBORN)
        && (inStatic || (!frame.local.isEmpty() && frame.local.get(0) instanceof String));
  }

  /**
   * @param anything whether the clause has no type; one that a person wrote has, so a typed one
   *     must close a resource or do nothing else
   */
  private static Optional<AbstractInsnNode> again(VarInsnNode kept, boolean anything) {
    boolean closes = anything;
    boolean alone = true;
    for (AbstractInsnNode at = kept.getNext(); at != null; at = at.getNext()) {
      if (at instanceof VarInsnNode variable && variable.var == kept.var) {
        AbstractInsnNode next = following(at);
        if (stores(variable)) {
          return Optional.empty();
        }
        if (next != null && next.getOpcode() == Opcodes.ATHROW) {
          return closes || alone ? Optional.of(next) : Optional.empty();
        }
      }
      closes |= at instanceof MethodInsnNode call && call.name.equals("addSuppressed");
      alone &= at.getOpcode() < 0;
    }
    return Optional.empty();
  }

  private static boolean stores(VarInsnNode variable) {
    return variable.getOpcode() == Opcodes.ASTORE;
  }

  private static @Nullable AbstractInsnNode following(AbstractInsnNode node) {
    AbstractInsnNode next = node.getNext();
    while (next != null && next.getOpcode() < 0) {
      next = next.getNext();
    }
    return next;
  }
}
