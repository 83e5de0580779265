package dev.fettle.lab.search;

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
  private static final String LINES = Type.getInternalName(Lines.class);

  private final List<Line> lines = new ArrayList<>();

  /** A line of a class. */
  record Line(String className, int number) {}

  /** The class with limits; unchanged when it cannot be rewritten. */
  byte[] limited(byte[] bytes) {
    return weave(bytes, false);
  }

  /** The class with limits and line probes. */
  byte[] probed(byte[] bytes) {
    return weave(bytes, true);
  }

  /** What the ids of {@link Lines} mean. */
  List<Line> lines() {
    return lines;
  }

  private byte[] weave(byte[] bytes, boolean probes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Woven(writer, reader.getClassName(), probes), 0);
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
    private final boolean probes;

    Woven(ClassVisitor next, String className, boolean probes) {
      super(Opcodes.ASM9, next);
      this.className = className.replace('/', '.');
      this.probes = probes;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0
          ? next
          : new Limits(next, className, probes);
    }
  }

  private final class Limits extends MethodVisitor {
    private final String className;
    private final boolean probes;
    private final Set<Label> seen = new HashSet<>();
    private int pending = -1;

    Limits(MethodVisitor next, String className, boolean probes) {
      super(Opcodes.ASM9, next);
      this.className = className;
      this.probes = probes;
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
    public void visitLineNumber(int line, Label start) {
      super.visitLineNumber(line, start);
      pending = probes ? line : -1;
    }

    /** Not at the line's label: a frame may belong between it and the first instruction. */
    private void probe() {
      if (pending >= 0) {
        int id = idOf(new Line(className, pending));
        pending = -1;
        super.visitLdcInsn(id);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, LINES, "hit", "(I)V", false);
      }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      probe();
      if (seen.contains(label)) {
        call("step", "()V");
      }
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitInsn(int opcode) {
      probe();
      super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      probe();
      if (opcode == Opcodes.NEWARRAY) {
        call("array", "(I)I");
      }
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
      probe();
      super.visitVarInsn(opcode, slot);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      probe();
      if (opcode == Opcodes.ANEWARRAY) {
        call("array", "(I)I");
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      probe();
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
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      probe();
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
      probe();
      super.visitIincInsn(slot, increment);
    }

    @Override
    public void visitLdcInsn(Object value) {
      probe();
      super.visitLdcInsn(value);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
      probe();
      super.visitTableSwitchInsn(min, max, other, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
      probe();
      super.visitLookupSwitchInsn(other, keys, labels);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      probe();
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
      if (descriptor.endsWith(")Ljava/lang/String;")) {
        text();
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      probe();
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
