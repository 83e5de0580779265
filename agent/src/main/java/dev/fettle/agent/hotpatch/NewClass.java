package dev.fettle.agent.hotpatch;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Makes a class that a patch brings fit to be defined beside the running ones: their nest and their
 * lists of inner classes cannot grow, so that it stands alone in their package.
 */
final class NewClass {
  private NewClass() {}

  static void detach(ClassNode node, Set<String> added) {
    node.nestHostClass = null;
    node.nestMembers = null;
    node.outerMethod = null;
    node.outerMethodDesc = null;
    for (InnerClassNode inner : node.innerClasses) {
      if (added.contains(inner.name)) {
        if (inner.name.equals(node.name) && inner.outerName != null) {
          node.outerClass = inner.outerName;
        }
        inner.outerName = null; // as a local class it keeps its simple name, and nobody checks
      }
    }
    boolean isInterface = (node.access & Opcodes.ACC_INTERFACE) != 0;
    if (isInterface) {
      return;
    }
    node.fields.forEach(f -> f.access &= ~Opcodes.ACC_PRIVATE);
    for (MethodNode method : node.methods) {
      if (!CodeText.isLambda(method.name)) {
        method.access &= ~Opcodes.ACC_PRIVATE;
      }
    }
  }
}
