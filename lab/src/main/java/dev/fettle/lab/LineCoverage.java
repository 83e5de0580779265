package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds out which source lines of main classes run: a probe where each line's code begins. */
final class LineCoverage implements Probing {
  private final List<String> classes = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  @Override
  public synchronized byte[] instrument(byte[] bytes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Lines(writer, reader.getClassName().replace('/', '.')), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException | MethodTooLargeException e) {
      return bytes;
    }
  }

  /** The lines that ran since the last call, by class, each line once, ascending by first load. */
  synchronized List<Message.LinesOf> take() {
    Map<String, List<Integer>> ran = new LinkedHashMap<>();
    for (int id : Probes.take()) {
      if (id < lines.size()) {
        List<Integer> ofClass = ran.computeIfAbsent(classes.get(id), c -> new ArrayList<>());
        if (!ofClass.contains(lines.get(id))) {
          ofClass.add(lines.get(id));
        }
      }
    }
    return ran.entrySet().stream().map(e -> new Message.LinesOf(e.getKey(), e.getValue())).toList();
  }

  private int idOf(String className, int line) {
    classes.add(className);
    lines.add(line);
    return lines.size() - 1;
  }

  private final class Lines extends ClassVisitor {
    private final String className;

    Lines(ClassWriter writer, String className) {
      super(Opcodes.ASM9, writer);
      this.className = className;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null ? next : new Probed(next, className);
    }
  }

  /**
   * Puts the probe before the first instruction of a line: a frame of the same place must come
   * first.
   */
  private final class Probed extends MethodVisitor {
    private final String className;
    private int pending = -1;

    Probed(MethodVisitor next, String className) {
      super(Opcodes.ASM9, next);
      this.className = className;
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      super.visitLineNumber(line, start);
      pending = line;
    }

    private void probe() {
      if (pending >= 0) {
        int id = idOf(className, pending);
        pending = -1;
        super.visitLdcInsn(id);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, Type.getInternalName(Probes.class), "entered", "(I)V", false);
      }
    }

    @Override
    public void visitInsn(int opcode) {
      probe();
      super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      probe();
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int index) {
      probe();
      super.visitVarInsn(opcode, index);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      probe();
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      probe();
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      probe();
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      probe();
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      probe();
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      probe();
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int index, int increment) {
      probe();
      super.visitIincInsn(index, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
      probe();
      super.visitTableSwitchInsn(min, max, dflt, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
      probe();
      super.visitLookupSwitchInsn(dflt, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      probe();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
  }
}
