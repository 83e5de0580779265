package dev.fettle.vet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A static method that the application registered for snippets.
 *
 * @param name unique within the application
 * @param owner internal name of its class
 * @param descriptor names nothing but plain values, see {@link #isPlain}
 * @param does one line for people; may be empty
 */
public record SkillMethod(
    String name, String owner, String method, String descriptor, String does) {
  private static final String ANNOTATION = "Ldev/fettle/annotations/Skill;";

  /** The methods registered in a class file, in order; empty when it cannot be read. */
  public static List<SkillMethod> in(byte[] classFile) {
    List<SkillMethod> found = new ArrayList<>();
    try {
      ClassNode node = new ClassNode();
      new ClassReader(classFile).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      for (MethodNode method : node.methods) {
        boolean usable = (method.access & Opcodes.ACC_STATIC) != 0;
        if (usable && method.invisibleAnnotations != null) {
          method.invisibleAnnotations.stream()
              .filter(a -> a.desc.equals(ANNOTATION))
              .map(a -> of(node.name, method, a))
              .filter(SkillMethod::isPlain)
              .forEach(found::add);
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      return List.of();
    }
    return found;
  }

  private static SkillMethod of(String owner, MethodNode method, AnnotationNode annotation) {
    return new SkillMethod(
        value(annotation, "value"), owner, method.name, method.desc, value(annotation, "does"));
  }

  private static String value(AnnotationNode annotation, String name) {
    List<Object> values = annotation.values == null ? List.of() : annotation.values;
    for (int i = 0; i + 1 < values.size(); i += 2) {
      if (values.get(i).equals(name)) {
        return String.valueOf(values.get(i + 1));
      }
    }
    return "";
  }

  /** Whether a contained snippet may name everything that it takes and gives. */
  public boolean isPlain() {
    AllowList allowed = AllowList.shipped();
    for (Type each : Type.getArgumentTypes(descriptor)) {
      if (!allowed.names(each)) {
        return false;
      }
    }
    return allowed.names(Type.getReturnType(descriptor));
  }

  /** {@code owner.method(descriptor)}, as a call names it. */
  public String key() {
    return owner + '.' + method + descriptor;
  }

  /** Its Java declaration, for who writes snippets. */
  public String display() {
    StringBuilder text = new StringBuilder(Type.getReturnType(descriptor).getClassName());
    text.append(' ').append(owner.replace('/', '.').replace('$', '.')).append('.').append(method);
    List<String> parameters = new ArrayList<>();
    for (Type each : Type.getArgumentTypes(descriptor)) {
      parameters.add(each.getClassName());
    }
    return text.append('(').append(String.join(", ", parameters)).append(')').toString();
  }

  /**
   * Class files that declare the methods and nothing else, for a compiler to compile against.
   *
   * @return by internal name
   */
  public static Map<String, byte[]> declarations(List<SkillMethod> skills) {
    Map<String, ClassWriter> writers = new TreeMap<>();
    for (SkillMethod skill : skills) {
      ClassWriter writer =
          writers.computeIfAbsent(
              skill.owner,
              owner -> {
                ClassWriter fresh = new ClassWriter(ClassWriter.COMPUTE_MAXS);
                int flags = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
                fresh.visit(Opcodes.V17, flags, owner, null, "java/lang/Object", null);
                return fresh;
              });
      MethodNode method =
          new MethodNode(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, skill.method, skill.descriptor, null, null);
      method.instructions.add(new InsnNode(Opcodes.ACONST_NULL));
      method.instructions.add(new InsnNode(Opcodes.ATHROW));
      method.accept(writer);
    }
    Map<String, byte[]> files = new TreeMap<>();
    writers.forEach((name, writer) -> files.put(name, writer.toByteArray()));
    return files;
  }
}
