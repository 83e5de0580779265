package dev.fettle.vet;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What every snippet's class looks like, contained or full: one static method and nothing else. */
final class SnippetShape {
  /** The class's internal name. */
  static final String NAME = "FettleSnippet";

  /** Its method. */
  static final String METHOD = "heal";

  /** Takes the values of the variables and gives what they are afterwards. */
  static final String DESCRIPTOR = "([Ljava/lang/Object;)[Ljava/lang/Object;";

  private static final int INSTRUCTIONS = 4_000;
  private static final int LOCALS = 400;
  private static final int CLASS_FLAGS =
      Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
  private static final int METHOD_FLAGS =
      Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;

  private SnippetShape() {}

  /** The one method. */
  static MethodNode method(ClassNode node) throws Refusal {
    int version = node.version & 0xffff;
    require(version >= Opcodes.V1_7 && version <= Opcodes.V17, "class file version " + version);
    require(node.version >>> 16 == 0, "a preview class file");
    require(node.name.equals(NAME), "class " + node.name + ", expected " + NAME);
    require((node.access & ~CLASS_FLAGS) == 0, "class flags " + Integer.toHexString(node.access));
    require("java/lang/Object".equals(node.superName), "superclass " + node.superName);
    require(node.interfaces.isEmpty(), "an interface");
    require(node.fields.isEmpty(), "a field");
    // a class file also lists the inner classes of others that it names, such as Map.Entry
    require(
        node.innerClasses.stream().allMatch(c -> c.outerName != null && !c.name.startsWith(NAME))
            && node.outerClass == null
            && node.nestHostClass == null,
        "an inner class");
    require(node.nestMembers == null, "nest members");
    require(node.permittedSubclasses == null && node.recordComponents == null, "a sealed class");
    require(node.module == null && node.signature == null, "a module or generic class");
    require(
        none(node.visibleAnnotations)
            && none(node.invisibleAnnotations)
            && none(node.visibleTypeAnnotations)
            && none(node.invisibleTypeAnnotations),
        "an annotation");
    require(none(node.attrs), "an unknown attribute");
    MethodNode heal = null;
    for (MethodNode method : node.methods) {
      if (isPlainConstructor(method)) {
        continue;
      }
      require(
          method.name.equals(METHOD) && method.desc.equals(DESCRIPTOR),
          "method " + method.name + method.desc + ", expected only " + METHOD + DESCRIPTOR);
      require(heal == null, "two methods");
      heal = method;
    }
    if (heal == null) {
      throw new Refusal("no method " + METHOD);
    }
    check(heal);
    return heal;
  }

  private static void check(MethodNode heal) throws Refusal {
    require(
        (heal.access & ~METHOD_FLAGS) == 0 && (heal.access & Opcodes.ACC_STATIC) != 0,
        "method flags " + Integer.toHexString(heal.access));
    require(heal.instructions.size() > 0, "no code");
    require(
        heal.instructions.size() <= INSTRUCTIONS, "more than " + INSTRUCTIONS + " instructions");
    require(heal.maxLocals <= LOCALS, "more than " + LOCALS + " locals");
    require(
        none(heal.visibleAnnotations)
            && none(heal.invisibleAnnotations)
            && none(heal.visibleTypeAnnotations)
            && none(heal.invisibleTypeAnnotations)
            && none(heal.attrs)
            && heal.visibleParameterAnnotations == null
            && heal.invisibleParameterAnnotations == null
            && heal.annotationDefault == null,
        "an annotation or unknown attribute");
  }

  /** What compilers add unasked; it is dropped. */
  private static boolean isPlainConstructor(MethodNode method) {
    if (!method.name.equals("<init>") || !method.desc.equals("()V")) {
      return false;
    }
    int at = 0;
    int[] expected = {Opcodes.ALOAD, Opcodes.INVOKESPECIAL, Opcodes.RETURN};
    for (AbstractInsnNode insn : method.instructions) {
      if (insn.getOpcode() < 0) {
        continue;
      }
      if (at >= expected.length || insn.getOpcode() != expected[at++]) {
        return false;
      }
      if (insn instanceof MethodInsnNode call && !call.owner.equals("java/lang/Object")) {
        return false;
      }
    }
    return at == expected.length && method.tryCatchBlocks.isEmpty();
  }

  private static boolean none(java.util.@org.jspecify.annotations.Nullable List<?> list) {
    return list == null || list.isEmpty();
  }

  private static void require(boolean held, String found) throws Refusal {
    if (!held) {
      throw new Refusal(found);
    }
  }
}
