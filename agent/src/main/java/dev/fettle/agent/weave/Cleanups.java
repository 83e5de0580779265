package dev.fettle.agent.weave;

import java.util.IdentityHashMap;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Handlers that a compiler made of {@code finally}, {@code synchronized} and resources. */
public final class Cleanups {
  private Cleanups() {}

  /** Each such handler of a method with the instruction that throws on what it was given. */
  public static Map<TryCatchBlockNode, AbstractInsnNode> of(MethodNode method) {
    IdentityHashMap<TryCatchBlockNode, AbstractInsnNode> found = new IdentityHashMap<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      PassingHandler.of(block).ifPresent(handler -> found.put(block, handler.again()));
    }
    return found;
  }
}
