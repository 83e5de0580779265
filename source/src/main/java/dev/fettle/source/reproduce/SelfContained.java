package dev.fettle.source.reproduce;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which collaborators a test can make as the program does, because their constructors take nothing
 * but others of the same kind: a catalog kept in memory, a table of rates. Confined like its pool.
 */
final class SelfContained {
  private static final int MOST_HOPS = 6;
  private static final Set<String> INJECTIONS =
      Set.of("Autowired", "Inject", "Value", "Resource", "PersistenceContext");

  private final ClassPool classes;
  private final String packageName;

  /**
   * @param packageName of the test, with slashes
   */
  SelfContained(ClassPool classes, String packageName) {
    this.classes = classes;
    this.packageName = packageName;
  }

  /** The constructor to call; empty when the class needs what only the program has. */
  Optional<MethodNode> constructor(String internal) {
    return constructor(internal, new HashSet<>());
  }

  private Optional<MethodNode> constructor(String internal, Set<String> underWay) {
    Optional<ClassNode> found = classes.find(internal);
    boolean ours =
        found.isPresent()
            && classes.application(internal)
            && classes.accessible(internal, packageName)
            && underWay.size() < MOST_HOPS
            && underWay.add(internal);
    if (!ours) {
      return Optional.empty();
    }
    ClassNode c = found.get();
    boolean plain =
        (c.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM)) == 0
            && !new ClassShape(c, classes).inner()
            && c.superName.equals("java/lang/Object")
            && c.fields.stream().noneMatch(SelfContained::injected)
            && c.methods.stream()
                .noneMatch(m -> injected(m.visibleAnnotations) && !m.name.equals("<init>"));
    Optional<MethodNode> constructor =
        plain
            ? c.methods.stream()
                .filter(m -> m.name.equals("<init>") && open(m.access, internal))
                .filter(m -> takesOnlyOwn(m, underWay))
                .findFirst()
            : Optional.empty();
    underWay.remove(internal);
    return constructor;
  }

  private boolean takesOnlyOwn(MethodNode constructor, Set<String> underWay) {
    for (Type t : Type.getArgumentTypes(constructor.desc)) {
      if (t.getSort() != Type.OBJECT || constructor(t.getInternalName(), underWay).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean open(int access, String internal) {
    boolean near =
        ClassPool.packageOf(internal).equals(packageName) && (access & Opcodes.ACC_PRIVATE) == 0;
    return near || (access & Opcodes.ACC_PUBLIC) != 0;
  }

  private static boolean injected(FieldNode field) {
    return injected(field.visibleAnnotations);
  }

  private static boolean injected(@org.jspecify.annotations.Nullable List<AnnotationNode> all) {
    return all != null
        && all.stream().anyMatch(a -> INJECTIONS.contains(JavaType.parse(a.desc).simpleName()));
  }
}
