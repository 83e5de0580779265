package dev.fettle.vet;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Counts with a {@code Consumer}, which every class loader knows: null is a step, a throwable was
 * caught. See {@link Steps}.
 */
final class ConsumerGauge implements Gauge {
  private static final String CONSUMER = "java/util/function/Consumer";

  @Override
  public String type() {
    return CONSUMER;
  }

  @Override
  public InsnList tick() {
    InsnList code = new InsnList();
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new InsnNode(Opcodes.ACONST_NULL));
    code.add(accept());
    return code;
  }

  @Override
  public InsnList caught() {
    InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP));
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new InsnNode(Opcodes.SWAP));
    code.add(accept());
    return code;
  }

  @Override
  public InsnList before(AbstractInsnNode insn, int free) {
    return new InsnList();
  }

  private static MethodInsnNode accept() {
    return new MethodInsnNode(
        Opcodes.INVOKEINTERFACE, CONSUMER, "accept", "(Ljava/lang/Object;)V", true);
  }
}
