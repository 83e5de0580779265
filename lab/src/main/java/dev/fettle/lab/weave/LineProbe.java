package dev.fettle.lab.weave;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a probe before the first instruction of each line, and behind it where that creates an
 * object. Not at the line's label: a frame of the same place must come first. Confined to the
 * thread that visits.
 */
public abstract class LineProbe extends MethodVisitor {
  private int pending = -1;

  protected LineProbe(MethodVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** Writes the probe of {@code line}, with the calls of the visitor behind this one. */
  protected abstract void probe(MethodVisitor next, int line);

  private void begin() {
    if (pending >= 0) {
      int line = pending;
      pending = -1;
      probe(mv, line);
    }
  }

  @Override
  public void visitLineNumber(int line, Label start) {
    super.visitLineNumber(line, start);
    pending = line;
  }

  @Override
  public void visitInsn(int opcode) {
    begin();
    super.visitInsn(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    begin();
    super.visitIntInsn(opcode, operand);
  }

  @Override
  public void visitVarInsn(int opcode, int index) {
    begin();
    super.visitVarInsn(opcode, index);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    if (opcode == Opcodes.NEW) {
      // Frames name an object that is not yet initialized by the place of its creation.
      super.visitTypeInsn(opcode, type);
      begin();
      return;
    }
    begin();
    super.visitTypeInsn(opcode, type);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    begin();
    super.visitFieldInsn(opcode, owner, name, descriptor);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    begin();
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, @Nullable Object... arguments) {
    begin();
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    begin();
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitLdcInsn(Object value) {
    begin();
    super.visitLdcInsn(value);
  }

  @Override
  public void visitIincInsn(int index, int increment) {
    begin();
    super.visitIincInsn(index, increment);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
    begin();
    super.visitTableSwitchInsn(min, max, other, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    begin();
    super.visitLookupSwitchInsn(other, keys, labels);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    begin();
    super.visitMultiANewArrayInsn(descriptor, dimensions);
  }
}
