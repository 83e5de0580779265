package dev.fettle.source.java;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads the line numbers of a method. */
final class CodeLines extends ClassVisitor {
  private final String method;
  private final String descriptor;
  private final Set<Integer> lines = new HashSet<>();

  private CodeLines(String method, String descriptor) {
    super(Opcodes.ASM9);
    this.method = method;
    this.descriptor = descriptor;
  }

  static Set<Integer> of(byte[] bytes, String method, String descriptor) {
    CodeLines visitor = new CodeLines(method, descriptor);
    try {
      new ClassReader(bytes).accept(visitor, ClassReader.SKIP_FRAMES);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Set.of(); // a broken or too new class file
    }
    return visitor.lines;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String d,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (!name.equals(method) || !(descriptor.isEmpty() || d.equals(descriptor))) {
      return null;
    }
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitLineNumber(int line, Label start) {
        lines.add(line);
      }
    };
  }
}
