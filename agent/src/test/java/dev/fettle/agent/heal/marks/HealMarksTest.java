package dev.fettle.agent.heal.marks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.options.HealMode;
import dev.fettle.vet.SkillMethod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class HealMarksTest {
  private static final String HERE = HealMarksTest.class.getName();

  /** Annotated in {@link #marked}: the agent does not depend on the annotations. */
  static final class Prices {
    static final class Inner {}

    static int fallback(String sku) {
      return sku.length();
    }
  }

  @Test
  void withoutAnOptionOnlyWhatIsMarkedIsHealed() throws IOException {
    HealMarks marks = marks(null);
    marked(marks, "Healable", null);
    assertThat(marks.modeOf(HERE + "$Prices")).isEqualTo(HealMode.TYPED);
    assertThat(marks.modeOf(HERE)).isEqualTo(HealMode.OBSERVE);
  }

  @Test
  void aMarkReachesInnerClasses() throws IOException {
    HealMarks marks = marks(null);
    marked(marks, "Healable", "CONTAINED");
    assertThat(marks.modeOf(HERE + "$Prices$Inner")).isEqualTo(HealMode.CONTAINED);
  }

  @Test
  void aMarkDoesNotGoBeyondTheOption() throws IOException {
    HealMarks marks = marks(HealMode.TYPED);
    marked(marks, "Healable", "FULL");
    assertThat(marks.modeOf(HERE + "$Prices")).isEqualTo(HealMode.TYPED);
  }

  @Test
  void neverWins() throws IOException {
    HealMarks marks = marks(HealMode.FULL);
    marked(marks, "NeverHeal", null);
    assertThat(marks.modeOf(HERE + "$Prices$Inner")).isEqualTo(HealMode.OBSERVE);
    assertThat(marks.modeOf(HERE)).isEqualTo(HealMode.FULL);
  }

  @Test
  void damagedClassFilesSayNothing() {
    HealMarks marks = marks(HealMode.TYPED);
    marks.learn("a.B", "Ldev/fettle/annotations/NeverHeal;".getBytes(), loader());
    assertThat(marks.modeOf("a.B")).isEqualTo(HealMode.TYPED);
  }

  @Test
  void aPackageThatCannotBeReadIsNotHealed() {
    ClassLoader stopped =
        new ClassLoader(null) {
          @Override
          public InputStream getResourceAsStream(String name) {
            throw new IllegalStateException("stopped");
          }
        };
    HealMarks marks = marks(HealMode.FULL);
    marks.learn("a.b.C", new byte[0], stopped);
    assertThat(marks.modeOf("a.b.C")).isEqualTo(HealMode.OBSERVE);
    assertThat(marks.modeOf("a.other.C")).isEqualTo(HealMode.FULL);
  }

  @Test
  void aSkillIsRegisteredAndCalled() throws IOException, InvocationTargetException {
    HealMarks marks = marks(null);
    marked(marks, "Skill", null);
    SkillMethod skill = marks.skill("default-price").orElseThrow();
    assertThat(skill.method()).isEqualTo("fallback");
    assertThat(marks.call(skill, "abc")).isEqualTo(3);
    assertThat(marks.skill("other")).isEmpty();
  }

  private static HealMarks marks(@Nullable HealMode told) {
    return new HealMarks(told);
  }

  private static ClassLoader loader() {
    return HealMarksTest.class.getClassLoader();
  }

  /** Has the marks learn {@link Prices} as if the annotation stood in its source. */
  private static void marked(HealMarks marks, String annotation, @Nullable String rung)
      throws IOException {
    String descriptor = "Ldev/fettle/annotations/" + annotation + ";";
    ClassWriter writer = new ClassWriter(0);
    try (InputStream in = HealMarksTest.class.getResourceAsStream("HealMarksTest$Prices.class")) {
      new ClassReader(in)
          .accept(
              new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visit(
                    int version,
                    int access,
                    String name,
                    String signature,
                    String superName,
                    String[] interfaces) {
                  super.visit(version, access, name, signature, superName, interfaces);
                  if (!annotation.equals("Skill")) {
                    var visitor = super.visitAnnotation(descriptor, false);
                    if (rung != null) {
                      visitor.visitEnum("value", descriptor.replace(";", "$Rung;"), rung);
                    }
                    visitor.visitEnd();
                  }
                }

                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String desc, String signature, String[] thrown) {
                  MethodVisitor method = super.visitMethod(access, name, desc, signature, thrown);
                  if (annotation.equals("Skill") && name.equals("fallback")) {
                    var visitor = method.visitAnnotation(descriptor, false);
                    visitor.visit("value", "default-price");
                    visitor.visitEnd();
                  }
                  return method;
                }
              },
              0);
    }
    marks.learn(Prices.class.getName(), writer.toByteArray(), loader());
  }
}
