package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Class files that no compiler writes. */
class ForgedClassTest {
  private static final Object[] VALUES = {"[Ljava/lang/Object;"};
  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "java/lang/invoke/ConstantBootstraps",
          "nullConstant",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)"
              + "Ljava/lang/Object;",
          false);

  @Test
  void aLoopWithoutFramesIsRefused() {
    assertThat(
            verdict(
                m -> {
                  Label start = new Label();
                  Label handler = new Label();
                  Label end = new Label();
                  m.visitTryCatchBlock(start, end, handler, null);
                  m.visitLabel(start);
                  m.visitInsn(Opcodes.NOP);
                  m.visitJumpInsn(Opcodes.GOTO, start);
                  m.visitLabel(handler);
                  m.visitFrame(Opcodes.F_NEW, 1, VALUES, 1, new Object[] {"java/lang/Throwable"});
                  m.visitInsn(Opcodes.POP);
                  m.visitJumpInsn(Opcodes.GOTO, start);
                  m.visitLabel(end);
                }))
        .startsWith("refused");
  }

  @Test
  void aHandlerThatCatchesItselfEnds() {
    assertThat(
            verdict(
                m -> {
                  Label start = new Label();
                  Label handler = new Label();
                  Label end = new Label();
                  m.visitTryCatchBlock(start, end, handler, null);
                  m.visitLabel(start);
                  m.visitFrame(Opcodes.F_NEW, 1, VALUES, 0, new Object[0]);
                  m.visitInsn(Opcodes.NOP);
                  m.visitJumpInsn(Opcodes.GOTO, start);
                  m.visitLabel(handler);
                  m.visitFrame(Opcodes.F_NEW, 1, VALUES, 1, new Object[] {"java/lang/Throwable"});
                  m.visitInsn(Opcodes.ATHROW);
                  m.visitLabel(end);
                }))
        .startsWith("stopped");
  }

  @Test
  void aNumberThatPosesAsAnObjectIsRefused() {
    assertThat(
            verdict(
                m -> {
                  m.visitLdcInsn(42);
                  m.visitVarInsn(Opcodes.ASTORE, 0);
                  returnValues(m);
                }))
        .startsWith("refused: does not verify");
  }

  @Test
  void aTextThatPosesAsABuilderIsRefused() {
    assertThat(
            verdict(
                m -> {
                  m.visitLdcInsn("text");
                  m.visitMethodInsn(
                      Opcodes.INVOKEVIRTUAL,
                      "java/lang/StringBuilder",
                      "reverse",
                      "()Ljava/lang/StringBuilder;",
                      false);
                  m.visitInsn(Opcodes.POP);
                  returnValues(m);
                }))
        .startsWith("refused: does not verify");
  }

  @Test
  void methodHandleConstantsAreRefused() {
    assertThat(verdict(m -> pop(m, BOOTSTRAP))).startsWith("refused: a constant of kind");
  }

  @Test
  void dynamicConstantsAreRefused() {
    ConstantDynamic constant = new ConstantDynamic("n", "Ljava/lang/Object;", BOOTSTRAP);
    assertThat(verdict(m -> pop(m, constant))).startsWith("refused: a constant of kind");
  }

  @Test
  void dynamicCallsAreRefused() {
    assertThat(
            verdict(
                m -> {
                  m.visitInvokeDynamicInsn("n", "()Ljava/lang/Object;", BOOTSTRAP);
                  m.visitInsn(Opcodes.POP);
                  returnValues(m);
                }))
        .startsWith("refused: invokedynamic");
  }

  @Test
  void callingASuperclassPastAnOverrideIsRefused() {
    assertThat(
            verdict(
                m -> {
                  m.visitLdcInsn("text");
                  m.visitMethodInsn(
                      Opcodes.INVOKESPECIAL, "java/lang/Object", "hashCode", "()I", false);
                  m.visitInsn(Opcodes.POP);
                  returnValues(m);
                }))
        .startsWith("refused: calls hashCode of a superclass");
  }

  @Test
  void monitorsWithoutAnEndAreRefused() {
    assertThat(
            verdict(
                m -> {
                  m.visitVarInsn(Opcodes.ALOAD, 0);
                  m.visitInsn(Opcodes.MONITORENTER);
                  returnValues(m);
                }))
        .startsWith("refused: synchronized");
  }

  @Test
  void classFilesOfTheFutureAreRefused() {
    byte[] bytes = forged(ForgedClassTest::returnValues);
    bytes[7] = 70;
    assertThat(Corpus.verdict(bytes)).startsWith("refused: class file version 70");
  }

  @Test
  void aConstructorThatDoesMoreIsRefused() {
    ClassWriter writer = start();
    MethodVisitor m = writer.visitMethod(0, "<init>", "()V", null, null);
    m.visitCode();
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Thread", "<init>", "()V", false);
    m.visitInsn(Opcodes.RETURN);
    m.visitMaxs(1, 1);
    m.visitEnd();
    heal(writer, ForgedClassTest::returnValues);
    assertThat(Corpus.verdict(writer.toByteArray())).startsWith("refused: method <init>");
  }

  @Test
  void veryLongMethodsAreRefused() {
    assertThat(
            verdict(
                m -> {
                  for (int i = 0; i < 5_000; i++) {
                    m.visitInsn(Opcodes.NOP);
                  }
                  returnValues(m);
                }))
        .startsWith("refused: more than 4000 instructions");
  }

  @Test
  void hugeTextsAreRefused() {
    assertThat(verdict(m -> pop(m, "x".repeat(20_000)))).startsWith("refused: a text of 20000");
  }

  @Test
  void reasonsShowNoControlCharacters() {
    assertThat(
            verdict(
                m -> {
                  m.visitMethodInsn(Opcodes.INVOKESTATIC, "a/B", "\u001b[31m\u202e", "()V", false);
                  returnValues(m);
                }))
        .matches("[\\x20-\\x7e]+");
  }

  @Test
  void damagedClassFilesAreRefusedOrHarmless() {
    byte[] good = Corpus.compile(HarmlessShapes.ALL.get(7).source());
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bad[8 + random.nextInt(bad.length - 8)] = (byte) random.nextInt(256);
      }
      // what runs ends, and runs on copies
      assertThat(Corpus.verdict(bad)).matches("(?s)(refused|stopped|failed|done).*");
    }
    assertThat(Corpus.APPLICATION_CALLS).hasValue(0);
  }

  private static String verdict(Consumer<MethodVisitor> code) {
    return Corpus.verdict(forged(code));
  }

  private static byte[] forged(Consumer<MethodVisitor> code) {
    ClassWriter writer = start();
    heal(writer, code);
    return writer.toByteArray();
  }

  private static ClassWriter start() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
        "FettleSnippet",
        null,
        "java/lang/Object",
        null);
    return writer;
  }

  private static void heal(ClassWriter writer, Consumer<MethodVisitor> code) {
    MethodVisitor m =
        writer.visitMethod(
            Opcodes.ACC_STATIC, "heal", "([Ljava/lang/Object;)[Ljava/lang/Object;", null, null);
    m.visitCode();
    code.accept(m);
    m.visitMaxs(4, 4);
    m.visitEnd();
  }

  private static void pop(MethodVisitor m, Object constant) {
    m.visitLdcInsn(constant);
    m.visitInsn(Opcodes.POP);
    returnValues(m);
  }

  private static void returnValues(MethodVisitor m) {
    m.visitVarInsn(Opcodes.ALOAD, 0);
    m.visitInsn(Opcodes.ARETURN);
  }
}
