package dev.fettle.lab;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds out which methods of main classes are entered: one probe at each method's entry. */
final class Coverage implements Probing {
  private final List<String> methods = new ArrayList<>();

  @Override
  public synchronized byte[] instrument(byte[] bytes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Entries(writer, reader.getClassName().replace('/', '.')), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException | org.objectweb.asm.MethodTooLargeException e) {
      return bytes;
    }
  }

  /** The methods entered since the last call, as {@code class#name(descriptor)}. */
  synchronized List<String> take() {
    return named(Probes.take());
  }

  /** Those of them that were entered on behalf of more than one test; call before {@link #take}. */
  synchronized List<String> takeLasting() {
    return named(Probes.takeLasting());
  }

  private List<String> named(int[] ids) {
    List<String> entered = new ArrayList<>();
    for (int id : ids) {
      entered.add(methods.get(id));
    }
    return entered;
  }

  private int idOf(String method) {
    methods.add(method);
    return methods.size() - 1;
  }

  private final class Entries extends ClassVisitor {
    private final String className;

    Entries(ClassWriter writer, String className) {
      super(Opcodes.ASM9, writer);
      this.className = className;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (next == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
        return next;
      }
      int id = idOf(className + "#" + name + descriptor);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitCode() {
          super.visitCode();
          visitLdcInsn(id);
          visitMethodInsn(
              Opcodes.INVOKESTATIC, Type.getInternalName(Probes.class), "called", "(I)V", false);
        }
      };
    }
  }
}
