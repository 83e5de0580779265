package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Patches of classes that other agents transform. */
class PatchedBesideOthersTest extends HotPatching {
  @Test
  void otherAgentsTransformersRunOnThePatchedClass() throws Exception {
    String shape = "package p; class A { static String f(int number) { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("\"old\""));
    ClassFileTransformer other = exclaiming("p/A");
    instrumentation.addTransformer(other, true);
    try {
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");

      apply("p1", shape.formatted("java.util.Optional.of(number).map(n -> \"new\" + n).get()"));
      assertThat(live.call("p.A", "f", 1)).isEqualTo("new1!");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f", 2)).isEqualTo("new2!");

      patcher.revert("p1");
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");
      assertThat(live.type("p.A").getDeclaredMethod("f", int.class).getParameters()[0].getName())
          .isEqualTo("number");
    } finally {
      instrumentation.removeTransformer(other);
    }
  }

  @Test
  void aPatchTakenBackStaysAwayWhenAnotherAgentComesLater() throws Exception {
    String shape = "package p; class A { static String f() { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("\"old\""));
    live.type("p.A");
    ClassFileTransformer other = exclaiming("p/A");
    instrumentation.addTransformer(other, true);
    try {
      apply("p1", shape.formatted("\"new\""));
      assertThat(live.call("p.A", "f")).isEqualTo("new!");
      patcher.revert("p1");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f")).isEqualTo("old!");
      apply("p2", shape.formatted("\"newer\""));
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f")).isEqualTo("newer!");
    } finally {
      instrumentation.removeTransformer(other);
    }
    instrumentation.retransformClasses(live.type("p.A"));
    assertThat(live.call("p.A", "f")).isEqualTo("newer");
  }

  /** Appends an exclamation mark to each string that a method of the class returns. */
  private static ClassFileTransformer exclaiming(String internalName) {
    return new ClassFileTransformer() {
      @Override
      public byte[] transform(
          ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
        if (!internalName.equals(name)) {
          return null;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file)
            .accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                  @Override
                  public MethodVisitor visitMethod(
                      int access, String method, String desc, String generic, String[] thrown) {
                    MethodVisitor next = super.visitMethod(access, method, desc, generic, thrown);
                    return !desc.endsWith(")Ljava/lang/String;") || method.startsWith("lambda")
                        ? next
                        : new MethodVisitor(Opcodes.ASM9, next) {
                          @Override
                          public void visitInsn(int opcode) {
                            if (opcode == Opcodes.ARETURN) {
                              visitLdcInsn("!");
                              visitMethodInsn(
                                  Opcodes.INVOKEVIRTUAL,
                                  "java/lang/String",
                                  "concat",
                                  "(Ljava/lang/String;)Ljava/lang/String;",
                                  false);
                            }
                            super.visitInsn(opcode);
                          }

                          @Override
                          public void visitMaxs(int stack, int locals) {
                            super.visitMaxs(stack + 1, locals);
                          }
                        };
                  }
                },
                0);
        return writer.toByteArray();
      }
    };
  }
}
