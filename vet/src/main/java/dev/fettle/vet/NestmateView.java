package dev.fettle.vet;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Class files of a package as a nestmate of one of them may use them: everything public, no code
 * that runs. A compiler compiles a full snippet against these; the agent runs it as a hidden
 * nestmate, which has the rights that the compiler was shown. Private members of other classes of
 * the package than the nestmate's own are shown too: their use fails when it is linked.
 */
public final class NestmateView extends ClassVisitor {
  private static final int HIDING = Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED;

  private NestmateView(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** The views of readable class files, by internal name. */
  public static Map<String, byte[]> of(Iterable<byte[]> classFiles) {
    Map<String, byte[]> views = new TreeMap<>();
    for (byte[] each : classFiles) {
      try {
        ClassReader reader = new ClassReader(each);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(new NestmateView(writer), ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        views.put(reader.getClassName(), writer.toByteArray());
      } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
        // the compiler then finds the class as it is
      }
    }
    return views;
  }

  private static int open(int access) {
    return (access & ~HIDING) | Opcodes.ACC_PUBLIC;
  }

  /** A method without code must say that it has none. */
  private static int withoutCode(int access) {
    int open = open(access) & ~(Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_STRICT);
    return (open & Opcodes.ACC_ABSTRACT) == 0 ? open | Opcodes.ACC_NATIVE : open;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    super.visit(version, open(access), name, signature, superName, interfaces);
  }

  @Override
  public void visitInnerClass(
      String name, @Nullable String outerName, @Nullable String innerName, int access) {
    super.visitInnerClass(name, outerName, innerName, open(access));
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    return super.visitField(open(access), name, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return super.visitMethod(withoutCode(access), name, descriptor, signature, exceptions);
  }
}
