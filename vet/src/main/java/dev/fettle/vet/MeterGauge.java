package dev.fettle.vet;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Counts with a {@link Meter}: steps, memory, and what each call is given. */
final class MeterGauge implements Gauge {
  private static final String METER = Type.getInternalName(Meter.class);
  private static final int SHOWN = 3;

  private final AllowList allowed;
  private final Set<String> skills;

  MeterGauge(AllowList allowed, Set<String> skills) {
    this.allowed = allowed;
    this.skills = skills;
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

  /** A registered method is called by the meter, which every snippet finds; its class is not. */
  @Override
  public @Nullable InsnList instead(AbstractInsnNode insn, int free) {
    if (!(insn instanceof MethodInsnNode call)
        || call.getOpcode() != Opcodes.INVOKESTATIC
        || !skills.contains(call.owner + '.' + call.name + call.desc)) {
      return null;
    }
    Type[] arguments = Type.getArgumentTypes(call.desc);
    InsnList code = new InsnList();
    int next = free;
    int[] slots = new int[arguments.length];
    for (int i = arguments.length - 1; i >= 0; i--) {
      slots[i] = next;
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), next));
      next += arguments[i].getSize();
    }
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new LdcInsnNode(call.owner + '.' + call.name + call.desc));
    code.add(new LdcInsnNode(arguments.length));
    code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
    for (int i = 0; i < arguments.length; i++) {
      code.add(new InsnNode(Opcodes.DUP));
      code.add(new LdcInsnNode(i));
      code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), slots[i]));
      box(arguments[i], code);
      code.add(new InsnNode(Opcodes.AASTORE));
    }
    code.add(meter("skill", "(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/Object;"));
    unbox(Type.getReturnType(call.desc), code);
    return code;
  }

  private static void box(Type type, InsnList code) {
    if (type.getSort() < Type.ARRAY) {
      String box = boxOf(type);
      String descriptor = "(" + type.getDescriptor() + ")L" + box + ";";
      code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, box, "valueOf", descriptor, false));
    }
  }

  private static void unbox(Type type, InsnList code) {
    if (type.getSort() == Type.VOID) {
      code.add(new InsnNode(Opcodes.POP));
    } else if (type.getSort() >= Type.ARRAY) {
      code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
    } else {
      String box = boxOf(type);
      String name = type.getClassName() + "Value";
      code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
      code.add(
          new MethodInsnNode(Opcodes.INVOKEVIRTUAL, box, name, "()" + type.getDescriptor(), false));
    }
  }

  private static String boxOf(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      default -> "java/lang/Double";
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
