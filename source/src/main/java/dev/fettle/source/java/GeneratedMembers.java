package dev.fettle.source.java;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Declares what a class file has and its source has not, such as Lombok's accessors, builders and
 * constructors, so that the rest of the source can be typed. The text has no line end and stands
 * before the closing brace of the type.
 */
final class GeneratedMembers {
  private final CompiledClasses classes;

  GeneratedMembers(CompiledClasses classes) {
    this.classes = classes;
  }

  /** Members to insert into a type; empty when there are none or the class was never built. */
  String missing(ClassTree type, String binaryName) {
    if (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE) {
      return "";
    }
    Optional<byte[]> bytes = classes.own(binaryName);
    if (bytes.isEmpty()) {
      return "";
    }
    Written written = Written.of(type);
    Reader reader = new Reader(binaryName, type.getSimpleName().toString(), written);
    reader.read(bytes.get());
    return reader.text.isEmpty() ? "" : (type.getKind() == Tree.Kind.ENUM ? ";" : "") + reader.text;
  }

  /** Names and arities that the source declares. */
  private record Written(Set<String> members, Set<String> types, boolean anyConstructor) {
    static Written nothing() {
      return new Written(Set.of(), Set.of(), false);
    }

    static Written of(ClassTree type) {
      Set<String> members = new HashSet<>();
      Set<String> types = new HashSet<>();
      int components = 0;
      boolean constructor = false;
      boolean record = type.getKind() == Tree.Kind.RECORD;
      for (Tree t : type.getMembers()) {
        if (t instanceof MethodTree m) {
          members.add(m.getName() + "/" + m.getParameters().size());
          constructor |= m.getName().contentEquals("<init>");
        } else if (t instanceof VariableTree v) {
          members.add(v.getName().toString());
          if (record
              && !v.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.STATIC)) {
            members.add(v.getName() + "/0");
            components++;
          }
        } else if (t instanceof ClassTree c) {
          types.add(c.getSimpleName().toString());
        }
      }
      if (record) {
        members.addAll(Set.of("toString/0", "hashCode/0", "equals/1", "<init>/" + components));
      }
      if (type.getKind() == Tree.Kind.ENUM) {
        members.addAll(Set.of("values/0", "valueOf/1", "$values/0"));
      }
      return new Written(members, types, constructor || record);
    }
  }

  private final class Reader extends ClassVisitor {
    private final String binaryName;
    private final String simpleName;
    private final Written written;
    private final List<String> nested = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String header = "";
    private boolean inner;
    private boolean isEnum;

    Reader(String binaryName, String simpleName, Written written) {
      super(Opcodes.ASM9);
      this.binaryName = binaryName;
      this.simpleName = simpleName;
      this.written = written;
    }

    void read(byte[] bytes) {
      try {
        new ClassReader(bytes)
            .accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        text.setLength(0); // a broken or too new class file declares nothing
      }
      nested.forEach(this::nested);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      isEnum = (access & Opcodes.ACC_ENUM) != 0;
      header = signature == null ? "" : SignatureText.typeParameters(signature).trim();
    }

    @Override
    public void visitInnerClass(
        String name, @Nullable String outer, @Nullable String innerName, int access) {
      String own = binaryName.replace('.', '/');
      if (name.equals(own)) {
        inner = (access & Opcodes.ACC_STATIC) == 0;
      } else if (own.equals(outer)
          && innerName != null
          && (access & Opcodes.ACC_STATIC) != 0
          && !written.types().contains(innerName)) {
        nested.add(innerName);
      }
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      if ((access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ENUM)) == 0
          && !written.members().contains(name)) {
        text.append(modifiers(access & ~Opcodes.ACC_FINAL))
            .append(SignatureText.type(signature == null ? descriptor : signature))
            .append(' ')
            .append(name)
            .append(';');
      }
      return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if ((access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) != 0 || name.equals("<clinit>")) {
        return null;
      }
      boolean constructor = name.equals("<init>");
      if (constructor && inner) {
        return null;
      }
      SignatureText.Method m = SignatureText.method(signature == null ? descriptor : signature);
      List<String> parameters =
          constructor && isEnum && signature == null
              ? m.parameters().subList(2, m.parameters().size())
              : m.parameters();
      if (written.members().contains(name + "/" + parameters.size())
          || (constructor && parameters.isEmpty() && !written.anyConstructor())) {
        return null;
      }
      text.append(modifiers(access)).append(m.typeParameters());
      if (!constructor) {
        text.append("native ").append(m.result()).append(' ');
      }
      text.append(constructor ? simpleName : name).append('(');
      for (int i = 0; i < parameters.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(parameters.get(i)).append(" p").append(i);
      }
      text.append(constructor ? "){}" : ");");
      return null;
    }

    private String modifiers(int access) {
      String visibility =
          (access & Opcodes.ACC_PUBLIC) != 0
              ? "public "
              : (access & Opcodes.ACC_PROTECTED) != 0
                  ? "protected "
                  : (access & Opcodes.ACC_PRIVATE) != 0 ? "private " : "";
      return visibility + ((access & Opcodes.ACC_STATIC) != 0 ? "static " : "");
    }

    private void nested(String name) {
      String binary = binaryName + "$" + name;
      Optional<byte[]> bytes = classes.own(binary);
      if (bytes.isPresent()) {
        Reader reader = new Reader(binary, name, Written.nothing());
        reader.read(bytes.get());
        text.append("public static class ")
            .append(name)
            .append(reader.header)
            .append('{')
            .append(reader.text)
            .append('}');
      }
    }
  }
}
