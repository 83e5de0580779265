package dev.fettle.source.reproduce;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Executes bytecode over {@link Sym}bols. One instance per method. */
final class Origins extends Interpreter<Sym> {
  private final int[] parameterOfSlot;
  private final Map<AbstractInsnNode, List<Sym>> constructed = new HashMap<>();

  Origins(int access, String descriptor) {
    super(Opcodes.ASM9);
    Type[] types = Type.getArgumentTypes(descriptor);
    int first = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    int slots = first;
    for (Type t : types) {
      slots += t.getSize();
    }
    parameterOfSlot = new int[slots];
    int slot = first;
    for (int i = 0; i < types.length; i++) {
      parameterOfSlot[slot] = i;
      slot += types[i].getSize();
    }
  }

  /** Arguments of the constructor call of each {@code new}. */
  Map<AbstractInsnNode, List<Sym>> constructed() {
    return constructed;
  }

  @Override
  public @Nullable Sym newValue(@Nullable Type type) {
    if (type == null) {
      return new Sym.Unknown(1);
    }
    return type.getSort() == Type.VOID ? null : new Sym.Unknown(type.getSize());
  }

  @Override
  public Sym newParameterValue(boolean isInstanceMethod, int local, Type type) {
    return isInstanceMethod && local == 0
        ? new Sym.Self()
        : new Sym.Param(parameterOfSlot[local], type.getSize());
  }

  @Override
  public Sym newOperation(AbstractInsnNode insn) {
    return switch (insn.getOpcode()) {
      case Opcodes.ACONST_NULL -> new Sym.Constant(null, 1);
      case Opcodes.ICONST_M1,
          Opcodes.ICONST_0,
          Opcodes.ICONST_1,
          Opcodes.ICONST_2,
          Opcodes.ICONST_3,
          Opcodes.ICONST_4,
          Opcodes.ICONST_5 ->
          new Sym.Constant(insn.getOpcode() - Opcodes.ICONST_0, 1);
      case Opcodes.BIPUSH, Opcodes.SIPUSH -> new Sym.Constant(((IntInsnNode) insn).operand, 1);
      case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 ->
          new Sym.Unknown(2);
      case Opcodes.LDC -> {
        Object value = ((LdcInsnNode) insn).cst;
        yield new Sym.Constant(value, value instanceof Long || value instanceof Double ? 2 : 1);
      }
      case Opcodes.GETSTATIC -> {
        FieldInsnNode field = (FieldInsnNode) insn;
        yield new Sym.FieldValue(field, null, Type.getType(field.desc).getSize());
      }
      case Opcodes.NEW -> new Sym.Fresh(insn);
      default -> new Sym.Unknown(1);
    };
  }

  @Override
  public Sym copyOperation(AbstractInsnNode insn, Sym value) {
    return value;
  }

  @Override
  public @Nullable Sym unaryOperation(AbstractInsnNode insn, Sym value) {
    return switch (insn.getOpcode()) {
      case Opcodes.GETFIELD -> {
        FieldInsnNode field = (FieldInsnNode) insn;
        yield new Sym.FieldValue(field, value, Type.getType(field.desc).getSize());
      }
      case Opcodes.CHECKCAST -> new Sym.Cast(insn, value, ((TypeInsnNode) insn).desc, 1);
      case Opcodes.I2L, Opcodes.I2D, Opcodes.F2L, Opcodes.F2D, Opcodes.L2D, Opcodes.D2L ->
          new Sym.Cast(insn, value, "", 2);
      case Opcodes.L2I,
          Opcodes.D2I,
          Opcodes.I2F,
          Opcodes.I2B,
          Opcodes.I2C,
          Opcodes.I2S,
          Opcodes.F2I,
          Opcodes.L2F,
          Opcodes.D2F ->
          new Sym.Cast(insn, value, "", 1);
      case Opcodes.LNEG, Opcodes.DNEG -> new Sym.Unknown(2);
      case Opcodes.IFEQ,
          Opcodes.IFNE,
          Opcodes.IFLT,
          Opcodes.IFGE,
          Opcodes.IFGT,
          Opcodes.IFLE,
          Opcodes.IFNULL,
          Opcodes.IFNONNULL,
          Opcodes.TABLESWITCH,
          Opcodes.LOOKUPSWITCH,
          Opcodes.IRETURN,
          Opcodes.LRETURN,
          Opcodes.FRETURN,
          Opcodes.DRETURN,
          Opcodes.ARETURN,
          Opcodes.PUTSTATIC,
          Opcodes.ATHROW,
          Opcodes.MONITORENTER,
          Opcodes.MONITOREXIT ->
          null;
      default -> new Sym.Unknown(1);
    };
  }

  @Override
  public @Nullable Sym binaryOperation(AbstractInsnNode insn, Sym a, Sym b) {
    int op = insn.getOpcode();
    if ((op >= Opcodes.IF_ICMPEQ && op <= Opcodes.IF_ACMPNE) || op == Opcodes.PUTFIELD) {
      return null;
    }
    return new Sym.Unknown(wide(op) ? 2 : 1);
  }

  private static boolean wide(int op) {
    return switch (op) {
      case Opcodes.LALOAD,
          Opcodes.DALOAD,
          Opcodes.LADD,
          Opcodes.DADD,
          Opcodes.LSUB,
          Opcodes.DSUB,
          Opcodes.LMUL,
          Opcodes.DMUL,
          Opcodes.LDIV,
          Opcodes.DDIV,
          Opcodes.LREM,
          Opcodes.DREM,
          Opcodes.LSHL,
          Opcodes.LSHR,
          Opcodes.LUSHR,
          Opcodes.LAND,
          Opcodes.LOR,
          Opcodes.LXOR ->
          true;
      default -> false;
    };
  }

  @Override
  public @Nullable Sym ternaryOperation(AbstractInsnNode insn, Sym a, Sym b, Sym c) {
    return null;
  }

  @Override
  public @Nullable Sym naryOperation(AbstractInsnNode insn, List<? extends Sym> values) {
    if (insn instanceof MethodInsnNode call) {
      if (call.name.equals("<init>") && values.get(0) instanceof Sym.Fresh fresh) {
        constructed.put(fresh.insn, List.copyOf(values.subList(1, values.size())));
      }
      int size = Type.getReturnType(call.desc).getSize();
      return size == 0 ? null : new Sym.Result(call, List.copyOf(values), size);
    }
    if (insn instanceof InvokeDynamicInsnNode dynamic) {
      for (Object argument : dynamic.bsmArgs) {
        if (argument instanceof Handle handle
            && dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
          return new Sym.Lambda(insn, handle, List.copyOf(values));
        }
      }
      return new Sym.Unknown(Type.getReturnType(dynamic.desc).getSize());
    }
    return new Sym.Unknown(1);
  }

  @Override
  public void returnOperation(AbstractInsnNode insn, Sym value, Sym expected) {}

  @Override
  public Sym merge(Sym a, Sym b) {
    return a.or(b);
  }
}
