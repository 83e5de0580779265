package dev.fettle.lab;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** What differs between two versions of a class, line numbers and debug tables aside. */
final class MethodDiff {
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private final Set<String> visible = new HashSet<>();
  private final String className;

  private MethodDiff(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    className = reader.getClassName().replace('/', '.');
    reader.accept(new Reader(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  /**
   * Compares.
   *
   * @param before null for a new class
   * @param changed receives {@code class#name(descriptor)} of changed, new and removed methods
   * @return whether a member that other classes may see is new, gone or different
   */
  static boolean compare(byte @Nullable [] before, byte[] after, List<String> changed) {
    MethodDiff now = new MethodDiff(after);
    if (before == null) {
      now.bodies.keySet().forEach(m -> changed.add(now.className + "#" + m));
      return false;
    }
    MethodDiff old = new MethodDiff(before);
    Set<String> names = new HashSet<>(old.bodies.keySet());
    names.addAll(now.bodies.keySet());
    for (String name : names) {
      String body = old.bodies.get(name);
      if (body == null || !body.equals(now.bodies.get(name))) {
        changed.add(now.className + "#" + name);
      }
    }
    return !now.visible.equals(old.visible);
  }

  private final class Reader extends ClassVisitor {
    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      visible.add("class " + access + " " + superName + " " + list(interfaces));
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      member(access, name + " " + descriptor + " " + value);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      member(access, name + descriptor + list(exceptions));
      Textifier text = new Textifier();
      return new MethodVisitor(Opcodes.ASM9, new TraceMethodVisitor(text)) {
        @Override
        public void visitEnd() {
          super.visitEnd();
          StringWriter body = new StringWriter();
          text.print(new PrintWriter(body));
          bodies.put(name + descriptor, access + body.toString());
        }
      };
    }

    private void member(int access, String text) {
      if ((access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0) {
        visible.add(access + " " + text);
      }
    }

    private List<String> list(String @Nullable [] names) {
      List<String> list = new ArrayList<>();
      if (names != null) {
        list.addAll(List.of(names));
      }
      return list;
    }
  }
}
