package dev.fettle.vet;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Counts with a {@link Meter}: steps, memory, and what each call is given. */
final class MeterGauge implements Gauge {
  private static final String METER = Type.getInternalName(Meter.class);
  private static final int SHOWN = 3;

  private final AllowList allowed;

  MeterGauge(AllowList allowed) {
    this.allowed = allowed;
  }

  @Override
  public String type() {
    return METER;
  }

  @Override
  public InsnList tick() {
    InsnList code = new InsnList();
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(meter("tick", "()V"));
    return code;
  }

  @Override
  public InsnList caught() {
    InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP));
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new InsnNode(Opcodes.SWAP));
    code.add(meter("caught", "(Ljava/lang/Throwable;)V"));
    return code;
  }

  @Override
  public InsnList before(AbstractInsnNode insn, int free) {
    switch (insn.getOpcode()) {
      case Opcodes.NEW -> {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(meter("object", "()V"));
        return code;
      }
      case Opcodes.ANEWARRAY -> {
        return array(8);
      }
      case Opcodes.NEWARRAY -> {
        return array(bytes(((IntInsnNode) insn).operand));
      }
      case Opcodes.AASTORE -> {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new InsnNode(Opcodes.SWAP));
        code.add(meter("store", "(Ljava/lang/Object;)V"));
        return code;
      }
      default -> {
        return insn instanceof MethodInsnNode call ? call(call, free) : new InsnList();
      }
    }
  }

  private static InsnList array(int elementBytes) {
    InsnList code = new InsnList();
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new InsnNode(Opcodes.SWAP));
    code.add(new LdcInsnNode(elementBytes));
    code.add(meter("array", "(II)I"));
    return code;
  }

  private static int bytes(int primitive) {
    return switch (primitive) {
      case Opcodes.T_LONG, Opcodes.T_DOUBLE -> 8;
      case Opcodes.T_INT, Opcodes.T_FLOAT -> 4;
      case Opcodes.T_SHORT, Opcodes.T_CHAR -> 2;
      default -> 1;
    };
  }

  /** Takes the arguments off the stack, shows them to the meter, puts them back. */
  private InsnList call(MethodInsnNode call, int free) {
    AllowList.Cost cost =
        allowed
            .cost(call.owner, call.name, call.desc)
            .orElseThrow(() -> new IllegalStateException("not allowed: " + call.name));
    Type[] arguments = Type.getArgumentTypes(call.desc);
    boolean receiver = call.getOpcode() != Opcodes.INVOKESTATIC && !call.name.equals("<init>");
    int[] slots = new int[arguments.length];
    int next = free;
    InsnList code = new InsnList();
    for (int i = arguments.length - 1; i >= 0; i--) {
      slots[i] = next;
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), next));
      next += arguments[i].getSize();
    }
    if (receiver) {
      code.add(new InsnNode(Opcodes.DUP));
      code.add(new VarInsnNode(Opcodes.ASTORE, next));
    }
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new LdcInsnNode((int) cost.kind()));
    code.add(receiver ? new VarInsnNode(Opcodes.ALOAD, next) : new InsnNode(Opcodes.ACONST_NULL));
    int shown = 0;
    for (int i = 0; i < arguments.length && shown < SHOWN; i++) {
      if (arguments[i].getSort() >= Type.ARRAY) {
        code.add(new VarInsnNode(Opcodes.ALOAD, slots[i]));
        shown++;
      }
    }
    for (; shown < SHOWN; shown++) {
      code.add(new InsnNode(Opcodes.ACONST_NULL));
    }
    code.add(
        cost.count() < 0
            ? new InsnNode(Opcodes.ICONST_0)
            : new VarInsnNode(Opcodes.ILOAD, slots[cost.count()]));
    String object = "Ljava/lang/Object;";
    code.add(meter("call", "(C" + object + object + object + object + "I)V"));
    for (int i = 0; i < arguments.length; i++) {
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]));
    }
    return code;
  }

  private static MethodInsnNode meter(String name, String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKEVIRTUAL, METER, name, descriptor, false);
  }
}
