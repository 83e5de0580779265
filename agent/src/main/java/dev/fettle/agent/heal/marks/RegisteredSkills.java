package dev.fettle.agent.heal.marks;

import dev.fettle.agent.heal.snippet.Skills;
import dev.fettle.vet.SkillMethod;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods marked {@code @Skill}, for snippets. Thread-safe. */
public final class RegisteredSkills implements Skills {
  private final HealMarks marks;

  public RegisteredSkills(HealMarks marks) {
    this.marks = marks;
  }

  @Override
  public Collection<SkillMethod> known(byte[] code) {
    try {
      callees(code).forEach(marks::look);
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      // refused by who judges it
    }
    return marks.skills();
  }

  /** Binary names of classes whose static methods are called. */
  private static Set<String> callees(byte[] code) {
    Set<String> names = new TreeSet<>();
    MethodVisitor calls =
        new MethodVisitor(Opcodes.ASM9) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (opcode == Opcodes.INVOKESTATIC && !owner.startsWith("java/")) {
              names.add(owner.replace('/', '.'));
            }
          }
        };
    new ClassReader(code)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return calls;
              }
            },
            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return names;
  }

  @Override
  public @Nullable Object call(String skill, @Nullable Object[] arguments)
      throws InvocationTargetException {
    for (SkillMethod each : marks.skills()) {
      if (skill.equals(each.key())) {
        return marks.call(each, arguments);
      }
    }
    throw new IllegalArgumentException("no such skill: " + skill);
  }
}
