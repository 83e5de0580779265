package dev.fettle.lab.search;

import dev.fettle.lab.weave.LineProbe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Weaves limits, and on demand line probes, into class files. Confined to one thread. */
final class Weaver {
  private static final String FUEL = Type.getInternalName(Fuel.class);
  private static final String RETURNED = Type.getInternalName(Returned.class);
  private static final String LINES = Type.getInternalName(Lines.class);

  private final List<Line> lines = new ArrayList<>();

  private enum Kind {
    LIMITED,
    PROBED,
    TELLING
  }

  /** A line of a class. */
  record Line(String className, int number) {}

  /** The class with limits; unchanged when it cannot be rewritten. */
  byte[] limited(byte[] bytes) {
    return weave(bytes, Kind.LIMITED);
  }

  /** The class with limits and line probes. */
  byte[] probed(byte[] bytes) {
    return weave(bytes, Kind.PROBED);
  }

  /** The class with limits, whose methods tell {@link Returned} what they return. */
  byte[] telling(byte[] bytes) {
    return weave(bytes, Kind.TELLING);
  }

  /** What the ids of {@link Lines} mean. */
  List<Line> lines() {
    return lines;
  }

  private byte[] weave(byte[] bytes, Kind kind) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Woven(writer, reader.getClassName(), kind), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException | MethodTooLargeException e) {
      return bytes;
    }
  }

  private int idOf(Line line) {
    lines.add(line);
    return lines.size() - 1;
  }

  private final class Woven extends ClassVisitor {
    private final String className;
    private final Kind kind;

    Woven(ClassVisitor next, String className, Kind kind) {
      super(Opcodes.ASM9, next);
      this.className = className.replace('/', '.');
      this.kind = kind;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (next == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
        return next;
      }
      return new Limits(
          switch (kind) {
            case LIMITED -> next;
            case PROBED -> new Probed(next, className);
            // Copies of methods and lambdas return to methods that tell.
            case TELLING -> name.contains("$") || name.startsWith("<") ? next : new Returns(next);
          });
    }
  }

  /** Behind the limits, so that what they add runs after the probe of its line. */
  private final class Probed extends LineProbe {
    private final String className;

    Probed(MethodVisitor next, String className) {
      super(next);
      this.className = className;
    }

    @Override
    protected void probe(MethodVisitor next, int line) {
      next.visitLdcInsn(idOf(new Line(className, line)));
      next.visitMethodInsn(Opcodes.INVOKESTATIC, LINES, "hit", "(I)V", false);
    }
  }

  /** Tells what is returned. */
  private static final class Returns extends MethodVisitor {
    Returns(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitInsn(int opcode) {
      switch (opcode) {
        case Opcodes.IRETURN -> tell(Opcodes.DUP, "(I)V");
        case Opcodes.FRETURN -> tell(Opcodes.DUP, "(F)V");
        case Opcodes.ARETURN -> tell(Opcodes.DUP, "(Ljava/lang/Object;)V");
        case Opcodes.LRETURN -> tell(Opcodes.DUP2, "(J)V");
        case Opcodes.DRETURN -> tell(Opcodes.DUP2, "(D)V");
        default -> {
          // Returns nothing.
        }
      }
      super.visitInsn(opcode);
    }

    private void tell(int copy, String descriptor) {
      super.visitInsn(copy);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, RETURNED, "value", descriptor, false);
    }
  }

  private static final class Limits extends MethodVisitor {
    private final Set<Label> seen = new HashSet<>();

    Limits(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      call("step", "()V");
    }

    @Override
    public void visitLabel(Label label) {
      seen.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (seen.contains(label)) {
        call("step", "()V");
      }
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        call("array", "(I)I");
      }
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.ANEWARRAY) {
        call("array", "(I)I");
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      if (dimensions == 2) {
        super.visitInsn(Opcodes.DUP2);
        super.visitInsn(Opcodes.IMUL);
        call("array", "(I)I");
        super.visitInsn(Opcodes.POP);
      } else {
        call("array", "(I)I");
      }
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
      if (descriptor.endsWith(")Ljava/lang/String;")) {
        text();
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (name.equals("exit") && descriptor.equals("(I)V") && owner.equals("java/lang/System")) {
        call("exit", "(I)V");
        return;
      }
      if (name.endsWith("All")
          && (descriptor.equals("(Ljava/util/Collection;)Z")
              || descriptor.equals("(Ljava/util/Map;)V"))) {
        super.visitInsn(Opcodes.DUP);
        call("copied", "(Ljava/lang/Object;)V");
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (descriptor.endsWith(")Ljava/lang/String;") && owner.equals("java/lang/String")) {
        text();
      }
    }

    private void text() {
      super.visitInsn(Opcodes.DUP);
      call("text", "(Ljava/lang/CharSequence;)V");
    }

    private void call(String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, FUEL, method, descriptor, false);
    }
  }
}
