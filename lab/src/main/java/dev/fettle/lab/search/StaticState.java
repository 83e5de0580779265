package dev.fettle.lab.search;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Static fields of a program that begin anew with every run, as in a JVM of its own: the static
 * initializer becomes a method that can be called again. Confined to one thread.
 */
final class StaticState {
  private static final String RESET = "fettle$reset";
  private static final String INITIALIZE = "fettle$initialize";

  private final List<MethodHandle> resets = new ArrayList<>();

  /** Of the classes that were rewritten by {@link #resettable}. */
  StaticState(Map<String, byte[]> classes, ClassLoader loader) {
    for (String name : classes.keySet()) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        Method reset = type.getDeclaredMethod(RESET);
        reset.setAccessible(true); // the class need not be public
        resets.add(MethodHandles.lookup().unreflect(reset));
      } catch (ReflectiveOperationException | LinkageError withoutState) {
        // Has nothing to reset.
      }
    }
  }

  /** A firebreak: initializers of the code under test. Returns what they threw. */
  @Nullable Throwable reset() {
    for (MethodHandle reset : resets) {
      try {
        reset.invokeExact();
      } catch (Throwable thrown) {
        return thrown;
      }
    }
    return null;
  }

  /** Runs a trial as if in a fresh JVM. Returns why it did not pass, or null. */
  @Nullable Throwable run(Trial trial) {
    Throwable thrown = reset();
    return thrown != null ? thrown : trial.run();
  }

  /** The class with a method that sets its static fields again; unchanged without such fields. */
  static byte[] resettable(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    boolean unfit =
        (reader.getAccess() & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM)) != 0
            || fields(reader).isEmpty();
    if (unfit) {
      return bytes;
    }
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Rewriting(writer, reader.getClassName(), fields(reader)), 0);
    return writer.toByteArray();
  }

  private record Field(String name, String descriptor) {}

  private static List<Field> fields(ClassReader reader) {
    List<Field> fields = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable FieldVisitor visitField(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              @Nullable Object value) {
            boolean state = (access & Opcodes.ACC_STATIC) != 0 && value == null;
            if (state && (access & Opcodes.ACC_SYNTHETIC) == 0) {
              fields.add(new Field(name, descriptor));
            }
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return fields;
  }

  private static final class Rewriting extends ClassVisitor {
    private final String owner;
    private final List<Field> fields;
    private boolean initializes;

    Rewriting(ClassVisitor next, String owner, List<Field> fields) {
      super(Opcodes.ASM9, next);
      this.owner = owner;
      this.fields = fields;
    }

    @Override
    public FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      boolean state = (access & Opcodes.ACC_STATIC) != 0 && value == null;
      return super.visitField(
          state ? access & ~Opcodes.ACC_FINAL : access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if (name.equals("<clinit>")) {
        initializes = true;
        return super.visitMethod(access, INITIALIZE, descriptor, signature, exceptions);
      }
      return super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    @Override
    public void visitEnd() {
      if (initializes) {
        MethodVisitor first = super.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        first.visitCode();
        first.visitMethodInsn(Opcodes.INVOKESTATIC, owner, INITIALIZE, "()V", false);
        end(first);
      }
      MethodVisitor reset =
          super.visitMethod(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
              RESET,
              "()V",
              null,
              null);
      reset.visitCode();
      for (Field field : fields) {
        reset.visitInsn(zero(Type.getType(field.descriptor())));
        reset.visitFieldInsn(Opcodes.PUTSTATIC, owner, field.name(), field.descriptor());
      }
      if (initializes) {
        reset.visitMethodInsn(Opcodes.INVOKESTATIC, owner, INITIALIZE, "()V", false);
      }
      end(reset);
      super.visitEnd();
    }

    private static void end(MethodVisitor method) {
      method.visitInsn(Opcodes.RETURN);
      method.visitMaxs(0, 0);
      method.visitEnd();
    }

    private static int zero(Type type) {
      return switch (type.getSort()) {
        case Type.LONG -> Opcodes.LCONST_0;
        case Type.FLOAT -> Opcodes.FCONST_0;
        case Type.DOUBLE -> Opcodes.DCONST_0;
        case Type.ARRAY, Type.OBJECT -> Opcodes.ACONST_NULL;
        default -> Opcodes.ICONST_0;
      };
    }
  }
}
