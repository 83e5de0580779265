package dev.fettle.agent.hotpatch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class that runs beside what a patch made of it: which bodies differ, which methods are new, and
 * which lambda body of the new class is which of the old one. Methods are named by name and
 * descriptor.
 */
final class PairedClass {
  private static final String DESERIALIZE = "$deserializeLambda$";
  private static final String INITIALIZER = "<clinit>";

  private final ClassNode old;
  private final Map<String, MethodNode> before = new LinkedHashMap<>();
  private final Map<String, MethodNode> after = new LinkedHashMap<>();
  private final Map<String, String> lambdas = new HashMap<>();
  private final Map<String, MethodNode> replaced = new LinkedHashMap<>();
  private final Map<String, String> movedNames = new LinkedHashMap<>();

  /**
   * Compares them.
   *
   * @throws Refused when the difference is more than bodies and helpers
   */
  PairedClass(ClassNode old, ClassNode now) {
    this.old = old;
    Shape.difference(old, now)
        .ifPresent(
            reason -> {
              throw new Refused(reason);
            });
    old.methods.forEach(m -> before.put(m.name + m.desc, m));
    now.methods.forEach(m -> after.put(m.name + m.desc, m));
    if (!initialization(old, before).equals(initialization(now, after))) {
      throw new Refused(
          "changes the static initialization of " + name() + ", which has already run");
    }
    for (MethodNode method : now.methods) {
      if (!CodeText.isLambda(method.name)
          && !method.name.equals(INITIALIZER)
          && !method.name.equals(DESERIALIZE)) {
        compare(method);
      }
    }
  }

  private void compare(MethodNode method) {
    MethodNode was = before.get(method.name + method.desc);
    if (was != null) {
      pair(method, was);
    } else if (mayBeFound(method)) {
      throw new Refused(
          "adds the method " + name() + "." + method.name + ", which others may call or override");
    }
  }

  /** New methods that frameworks or dispatch find without the patched code naming them. */
  private static boolean mayBeFound(MethodNode method) {
    boolean dispatched = (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC)) == 0;
    boolean annotated = method.visibleAnnotations != null && !method.visibleAnnotations.isEmpty();
    return dispatched || annotated || method.name.equals("<init>");
  }

  private void pair(MethodNode now, MethodNode was) {
    CodeText nowText = CodeText.of(old.name, now);
    CodeText wasText = CodeText.of(old.name, was);
    if (!nowText.lines().equals(wasText.lines())) {
      replaced.put(was.name + was.desc, now);
      return;
    }
    for (int i = 0; i < nowText.lambdas().size(); i++) {
      String nowLambda = nowText.lambdas().get(i);
      String wasLambda = wasText.lambdas().get(i);
      MethodNode nowBody = after.get(nowLambda);
      MethodNode wasBody = before.get(wasLambda);
      if (nowBody != null
          && wasBody != null
          && isStatic(nowBody) == isStatic(wasBody)
          && lambdas.putIfAbsent(nowLambda, wasLambda) == null) {
        pair(nowBody, wasBody);
      }
    }
  }

  private static boolean isStatic(MethodNode method) {
    return (method.access & Opcodes.ACC_STATIC) != 0;
  }

  private static List<String> initialization(ClassNode owner, Map<String, MethodNode> methods) {
    MethodNode initializer = methods.get(INITIALIZER + "()V");
    if (initializer == null) {
      return List.of(String.valueOf(Opcodes.RETURN));
    }
    Assertions.dropFlagFrom(initializer);
    return CodeText.of(owner.name, initializer).lines();
  }

  /** Internal name. */
  String internalName() {
    return old.name;
  }

  /** Binary name. */
  String name() {
    return old.name.replace('/', '.');
  }

  boolean isInterface() {
    return (old.access & Opcodes.ACC_INTERFACE) != 0;
  }

  @Nullable String sourceFile() {
    return old.sourceFile;
  }

  /** Changed bodies by the running class's method. */
  Map<String, MethodNode> replaced() {
    return replaced;
  }

  /** The class name and the names of its superclass and interfaces as the class file has them. */
  @Nullable String superName() {
    return old.superName;
  }

  boolean declaresField(String field, String descriptor) {
    return old.fields.stream().anyMatch(f -> f.name.equals(field) && f.desc.equals(descriptor));
  }

  boolean declaresMethod(String method, String descriptor) {
    return before.containsKey(method + descriptor);
  }

  boolean isPrivateField(String field, String descriptor) {
    return has(
        old.fields,
        f ->
            f.name.equals(field)
                && f.desc.equals(descriptor)
                && (f.access & Opcodes.ACC_PRIVATE) != 0);
  }

  boolean isPrivateMethod(String method, String descriptor) {
    MethodNode node = before.get(method + descriptor);
    return node != null && (node.access & Opcodes.ACC_PRIVATE) != 0;
  }

  private static <T> boolean has(List<T> all, Predicate<T> what) {
    return all.stream().anyMatch(what);
  }

  /** Whether the patched code needs a flag for assertions that the running class lacks. */
  boolean lacksAssertionFlag() {
    return old.fields.stream().noneMatch(Assertions::isFlag);
  }

  /**
   * Where the running class has a lambda body of the new class; empty when it has none and the body
   * must move.
   */
  Optional<String> runningLambda(String lambda) {
    String known = lambdas.get(lambda);
    if (known != null) {
      return Optional.of(known);
    }
    MethodNode body = after.get(lambda);
    if (body == null) {
      return Optional.empty();
    }
    Optional<String> same =
        before.values().stream()
            .filter(m -> CodeText.isLambda(m.name) && m.desc.equals(body.desc))
            .filter(m -> !replaced.containsKey(m.name + m.desc) && sameBody(body, m))
            .map(m -> m.name + m.desc)
            .findFirst();
    same.ifPresent(running -> lambdas.put(lambda, running));
    return same;
  }

  private boolean sameBody(@Nullable MethodNode now, @Nullable MethodNode was) {
    if (now == null || was == null || isStatic(now) != isStatic(was)) {
      return false;
    }
    CodeText nowText = CodeText.of(old.name, now);
    CodeText wasText = CodeText.of(old.name, was);
    if (!nowText.lines().equals(wasText.lines())) {
      return false;
    }
    for (int i = 0; i < nowText.lambdas().size(); i++) {
      if (!sameBody(after.get(nowText.lambdas().get(i)), before.get(wasText.lambdas().get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the method exists only in the new class, lambda bodies aside. */
  boolean isNew(String method, String descriptor) {
    return !CodeText.isLambda(method)
        && after.containsKey(method + descriptor)
        && !before.containsKey(method + descriptor);
  }

  /** A body that has to live in the nestmate. */
  Moved moved(String method, String descriptor) {
    MethodNode body = after.get(method + descriptor);
    if (body == null) {
      throw new Refused("calls " + name() + "." + method + descriptor + ", which nobody declares");
    }
    String staticDescriptor =
        isStatic(body) ? descriptor : "(L" + old.name + ";" + descriptor.substring(1);
    String free = method;
    String key = method + descriptor;
    String taken = movedNames.get(key);
    if (taken == null) {
      while (movedNames.containsValue(free)) {
        free = free + "$";
      }
      movedNames.put(key, free);
      taken = free;
    }
    return new Moved(old.name, key, taken, staticDescriptor, body);
  }

  /**
   * A body in the nestmate.
   *
   * @param key in the new class
   * @param name in the nestmate
   * @param descriptor in the nestmate, where it is static: the receiver comes first
   */
  record Moved(String owner, String key, String name, String descriptor, MethodNode body) {}
}
