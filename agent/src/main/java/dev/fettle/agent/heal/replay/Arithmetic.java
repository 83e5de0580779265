package dev.fettle.agent.heal.replay;

import org.objectweb.asm.Opcodes;

/**
 * Instructions on numbers that neither throw nor have effects. Integer division is not among them.
 */
final class Arithmetic {
  private Arithmetic() {}

  static @org.jspecify.annotations.Nullable Object constant(int opcode) {
    if (opcode == Opcodes.ACONST_NULL) {
      return null;
    }
    if (opcode <= Opcodes.ICONST_5) {
      return opcode - Opcodes.ICONST_0;
    }
    if (opcode <= Opcodes.LCONST_1) {
      return (long) (opcode - Opcodes.LCONST_0);
    }
    if (opcode <= Opcodes.FCONST_2) {
      return (float) (opcode - Opcodes.FCONST_0);
    }
    return (double) (opcode - Opcodes.DCONST_0);
  }

  static boolean isPlain(int opcode) {
    boolean division =
        opcode == Opcodes.IDIV
            || opcode == Opcodes.LDIV
            || opcode == Opcodes.IREM
            || opcode == Opcodes.LREM;
    return opcode >= Opcodes.IADD && opcode <= Opcodes.DCMPG && !division;
  }

  static boolean isUnary(int opcode) {
    return (opcode >= Opcodes.INEG && opcode <= Opcodes.DNEG)
        || (opcode >= Opcodes.I2L && opcode <= Opcodes.I2S);
  }

  static Number unary(int opcode, Number n) {
    return switch (opcode) {
      case Opcodes.INEG -> -n.intValue();
      case Opcodes.LNEG -> -n.longValue();
      case Opcodes.FNEG -> -n.floatValue();
      case Opcodes.DNEG -> -n.doubleValue();
      case Opcodes.I2L, Opcodes.F2L, Opcodes.D2L -> n.longValue();
      case Opcodes.I2F, Opcodes.L2F, Opcodes.D2F -> n.floatValue();
      case Opcodes.I2D, Opcodes.L2D, Opcodes.F2D -> n.doubleValue();
      case Opcodes.I2B -> (int) (byte) n.intValue();
      case Opcodes.I2C -> (int) (char) n.intValue();
      case Opcodes.I2S -> (int) (short) n.intValue();
      default -> n.intValue();
    };
  }

  static Number binary(int opcode, Number a, Number b) {
    return switch (opcode) {
      case Opcodes.IADD -> a.intValue() + b.intValue();
      case Opcodes.ISUB -> a.intValue() - b.intValue();
      case Opcodes.IMUL -> a.intValue() * b.intValue();
      case Opcodes.ISHL -> a.intValue() << b.intValue();
      case Opcodes.ISHR -> a.intValue() >> b.intValue();
      case Opcodes.IUSHR -> a.intValue() >>> b.intValue();
      case Opcodes.IAND -> a.intValue() & b.intValue();
      case Opcodes.IOR -> a.intValue() | b.intValue();
      case Opcodes.IXOR -> a.intValue() ^ b.intValue();
      case Opcodes.LADD -> a.longValue() + b.longValue();
      case Opcodes.LSUB -> a.longValue() - b.longValue();
      case Opcodes.LMUL -> a.longValue() * b.longValue();
      case Opcodes.LSHL -> a.longValue() << b.intValue();
      case Opcodes.LSHR -> a.longValue() >> b.intValue();
      case Opcodes.LUSHR -> a.longValue() >>> b.intValue();
      case Opcodes.LAND -> a.longValue() & b.longValue();
      case Opcodes.LOR -> a.longValue() | b.longValue();
      case Opcodes.LXOR -> a.longValue() ^ b.longValue();
      case Opcodes.LCMP -> Long.compare(a.longValue(), b.longValue());
      default -> floating(opcode, a, b);
    };
  }

  private static Number floating(int opcode, Number a, Number b) {
    return switch (opcode) {
      case Opcodes.FADD -> a.floatValue() + b.floatValue();
      case Opcodes.FSUB -> a.floatValue() - b.floatValue();
      case Opcodes.FMUL -> a.floatValue() * b.floatValue();
      case Opcodes.FDIV -> a.floatValue() / b.floatValue();
      case Opcodes.FREM -> a.floatValue() % b.floatValue();
      case Opcodes.DADD -> a.doubleValue() + b.doubleValue();
      case Opcodes.DSUB -> a.doubleValue() - b.doubleValue();
      case Opcodes.DMUL -> a.doubleValue() * b.doubleValue();
      case Opcodes.DDIV -> a.doubleValue() / b.doubleValue();
      case Opcodes.DREM -> a.doubleValue() % b.doubleValue();
      case Opcodes.FCMPL, Opcodes.DCMPL -> order(a.doubleValue(), b.doubleValue(), -1);
      case Opcodes.FCMPG, Opcodes.DCMPG -> order(a.doubleValue(), b.doubleValue(), 1);
      default -> throw new IllegalArgumentException("not arithmetic: " + opcode);
    };
  }

  /** Zero equals minus zero here, unlike in {@link Double#compare}. */
  private static int order(double a, double b, int otherwise) {
    if (a == b) {
      return 0;
    }
    if (a < b) {
      return -1;
    }
    return a > b ? 1 : otherwise;
  }

  /** Of {@code if} instructions on one or two ints. */
  static boolean compares(int opcode, int left, int right) {
    return switch (opcode) {
      case Opcodes.IFEQ, Opcodes.IF_ICMPEQ -> left == right;
      case Opcodes.IFNE, Opcodes.IF_ICMPNE -> left != right;
      case Opcodes.IFLT, Opcodes.IF_ICMPLT -> left < right;
      case Opcodes.IFGE, Opcodes.IF_ICMPGE -> left >= right;
      case Opcodes.IFGT, Opcodes.IF_ICMPGT -> left > right;
      case Opcodes.IFLE, Opcodes.IF_ICMPLE -> left <= right;
      default -> throw new IllegalArgumentException("not a comparison: " + opcode);
    };
  }
}
