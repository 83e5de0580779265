package dev.fettle.source.reproduce;

import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What hands out resources of which there are few, as the method that leaks them asks for one. A
 * stub of it with {@value #SIZE} to give refuses, with the exception of the incident, whoever keeps
 * them.
 *
 * @param owner internal name of the type that is asked
 * @param method without parameters or with; returns the resource
 * @param resource internal name of what it gives, an AutoCloseable
 * @param refusal internal name of the exception when it has nothing left
 */
record Pool(String owner, Known.Method method, String resource, String refusal) {
  /** Resources that the stub has. */
  static final int SIZE = 2;

  /**
   * The pool that a method takes from; empty when it takes from none, or the refusal cannot be made
   * from a message.
   */
  static Optional<Pool> of(MethodNode leaking, String refusal, ClassPool classes) {
    if (classes.find(refusal).filter(Pool::fromMessage).isEmpty()) {
      return Optional.empty();
    }
    for (AbstractInsnNode i : leaking.instructions) {
      if (i instanceof MethodInsnNode call
          && call.getOpcode() != Opcodes.INVOKESTATIC
          && call.getOpcode() != Opcodes.INVOKESPECIAL
          && Type.getReturnType(call.desc).getSort() == Type.OBJECT) {
        String resource = Type.getReturnType(call.desc).getInternalName();
        boolean closeable = classes.subtype(resource, "java/lang/AutoCloseable");
        if (closeable && !classes.application(call.owner)) {
          return Optional.of(new Pool(call.owner, Known.Method.of(call), resource, refusal));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fromMessage(ClassNode exception) {
    return (exception.access & Opcodes.ACC_ABSTRACT) == 0
        && exception.methods.stream()
            .anyMatch(
                m ->
                    m.name.equals("<init>")
                        && m.desc.equals("(Ljava/lang/String;)V")
                        && (m.access & Opcodes.ACC_PUBLIC) != 0);
  }
}
