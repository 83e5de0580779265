package dev.fettle.source.reproduce;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** JDK exceptions that the application answers on purpose: those with a handler of their own. */
final class Accepted {
  private static final int MAX_CLASSES = 3000;
  private static final Set<String> TOO_BROAD =
      Set.of(
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Throwable",
          "java.lang.NullPointerException",
          "java.lang.ClassCastException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.ArithmeticException");

  private final ClassPool classes;
  private @Nullable Set<String> found;

  Accepted(ClassPool classes) {
    this.classes = classes;
  }

  /** Binary names, in the order found. */
  Set<String> names() {
    Set<String> known = found;
    if (known == null) {
      known = new LinkedHashSet<>();
      for (ClassNode c : classes.applicationClasses(MAX_CLASSES)) {
        for (MethodNode m : c.methods) {
          handled(m, known);
        }
      }
      found = known;
    }
    return known;
  }

  private static void handled(MethodNode m, Set<String> all) {
    List<AnnotationNode> annotations =
        m.visibleAnnotations == null ? List.of() : m.visibleAnnotations;
    for (AnnotationNode a : annotations) {
      if (!a.desc.endsWith("/ExceptionHandler;")) {
        continue;
      }
      if (a.values != null) {
        a.values.stream()
            .filter(v -> v instanceof List)
            .flatMap(v -> ((List<?>) v).stream())
            .filter(t -> t instanceof Type)
            .forEach(t -> add(((Type) t).getClassName(), all));
      } else {
        for (Type t : Type.getArgumentTypes(m.desc)) {
          add(t.getClassName(), all);
        }
      }
    }
  }

  private static void add(String name, Set<String> all) {
    boolean thrown = name.endsWith("Exception");
    if (thrown && name.startsWith("java.") && !TOO_BROAD.contains(name)) {
      all.add(name);
    }
  }
}
