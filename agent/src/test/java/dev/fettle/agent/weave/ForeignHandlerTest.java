package dev.fettle.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Code of other transformers, whose handlers keep no locals, not even {@code this}. */
class ForeignHandlerTest {
  private static final String NAME = "foreign.Patched";

  @Test
  void weavesAMethodWhoseHandlerHasGivenUpThis() throws Exception {
    byte[] woven = ClassWeaver.weave(withBareHandler(), Map.of()).bytes();

    assertThat(woven).isNotNull();
    Class<?> type = new OneClass().define(woven);
    Object instance = type.getDeclaredConstructor().newInstance();
    assertThatThrownBy(() -> type.getMethod("run", String.class).invoke(instance, "x"))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(NumberFormatException.class);
  }

  /** {@code int run(String s) { return Integer.parseInt(s); }}, all of it in a bare catch-all. */
  private static byte[] withBareHandler() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC, "foreign/Patched", null, "java/lang/Object", null);
    MethodVisitor init = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    init.visitCode();
    init.visitVarInsn(Opcodes.ALOAD, 0);
    init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    init.visitInsn(Opcodes.RETURN);
    init.visitMaxs(0, 0);
    init.visitEnd();
    MethodVisitor run =
        writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "(Ljava/lang/String;)I", null, null);
    Label start = new Label();
    Label end = new Label();
    run.visitTryCatchBlock(start, end, end, null);
    run.visitCode();
    run.visitLabel(start);
    run.visitLineNumber(7, start);
    run.visitVarInsn(Opcodes.ALOAD, 1);
    run.visitMethodInsn(
        Opcodes.INVOKESTATIC, "java/lang/Integer", "parseInt", "(Ljava/lang/String;)I", false);
    run.visitInsn(Opcodes.IRETURN);
    run.visitLabel(end);
    run.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
    run.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        "java/util/Objects",
        "requireNonNull",
        "(Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    run.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Throwable");
    run.visitInsn(Opcodes.ATHROW);
    run.visitMaxs(0, 0);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static final class OneClass extends ClassLoader {
    OneClass() {
      super(ForeignHandlerTest.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(NAME, bytes, 0, bytes.length);
    }
  }
}
