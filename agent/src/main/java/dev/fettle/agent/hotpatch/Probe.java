package dev.fettle.agent.hotpatch;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Has a body count its calls and the throwables that leave it. */
final class Probe {
  private static final String OWNER = "dev/fettle/boot/hotpatch/PatchProbe";
  private static final String ENTERED = "entered";

  private Probe() {}

  /**
   * Behind all handlers of the program's own, so that what they catch does not count. The handler
   * has the form of a compiler's {@code finally}: others that weave the result see that it throws
   * on what it was given, and report the variables before it.
   *
   * @param owner internal name of the class
   */
  static void insert(String owner, MethodNode body, int slot) {
    LabelNode start = new LabelNode();
    LabelNode end = new LabelNode();
    AbstractInsnNode ready = readyFrom(body);
    if (ready == null) {
      body.instructions.insert(start);
    } else {
      body.instructions.insert(ready, start);
    }
    InsnList entry = new InsnList();
    entry.add(constant(slot));
    entry.add(new MethodInsnNode(Opcodes.INVOKESTATIC, OWNER, ENTERED, "(I)V", false));
    body.instructions.insert(entry);
    Object[] locals = keepsThis(body) ? new Object[] {owner} : new Object[0];
    int thrown = body.maxLocals++;
    InsnList handler = new InsnList();
    handler.add(end);
    handler.add(
        new FrameNode(
            Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"}));
    handler.add(new VarInsnNode(Opcodes.ASTORE, thrown));
    handler.add(new VarInsnNode(Opcodes.ALOAD, thrown));
    handler.add(constant(slot));
    handler.add(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC, OWNER, "left", "(Ljava/lang/Throwable;I)V", false));
    handler.add(new VarInsnNode(Opcodes.ALOAD, thrown));
    handler.add(new InsnNode(Opcodes.ATHROW));
    body.instructions.add(handler);
    body.tryCatchBlocks.add(new TryCatchBlockNode(start, end, end, null));
    body.maxStack = Math.max(body.maxStack, 2);
  }

  /** Whether the receiver stays in its slot all through the body. */
  private static boolean keepsThis(MethodNode body) {
    if ((body.access & Opcodes.ACC_STATIC) != 0) {
      return false;
    }
    for (AbstractInsnNode node : body.instructions) {
      if (node instanceof VarInsnNode v && v.var == 0 && v.getOpcode() != Opcodes.ALOAD) {
        return false;
      }
    }
    return true;
  }

  /** The slot that a body counts in; -1 for a body without a probe. */
  static int slotOf(MethodNode body) {
    for (AbstractInsnNode node : body.instructions) {
      if (node instanceof MethodInsnNode call
          && call.owner.equals(OWNER)
          && call.name.equals(ENTERED)) {
        AbstractInsnNode constant = call.getPrevious();
        if (constant instanceof IntInsnNode small) {
          return small.operand;
        }
        return constant instanceof LdcInsnNode large && large.cst instanceof Integer slot
            ? slot
            : -1;
      }
    }
    return -1;
  }

  /** In a constructor the call after which {@code this} may be seen; null elsewhere. */
  private static @Nullable AbstractInsnNode readyFrom(MethodNode body) {
    if (!body.name.equals("<init>")) {
      return null;
    }
    int pending = 0;
    for (AbstractInsnNode node : body.instructions) {
      if (node.getOpcode() == Opcodes.NEW) {
        pending++;
      } else if (node instanceof MethodInsnNode call && call.name.equals("<init>")) {
        if (pending == 0) {
          return call;
        }
        pending--;
      }
    }
    throw new Refused("a constructor without a call of another one");
  }

  private static AbstractInsnNode constant(int value) {
    if (value <= Byte.MAX_VALUE) {
      return new IntInsnNode(Opcodes.BIPUSH, value);
    }
    return value <= Short.MAX_VALUE
        ? new IntInsnNode(Opcodes.SIPUSH, value)
        : new LdcInsnNode(value);
  }
}
