package dev.fettle.agent.hotpatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Everything of a class that a running JVM does not let anyone change. */
final class Shape {
  private static final int CLASS_FLAGS =
      Opcodes.ACC_PUBLIC
          | Opcodes.ACC_FINAL
          | Opcodes.ACC_INTERFACE
          | Opcodes.ACC_ABSTRACT
          | Opcodes.ACC_ENUM
          | Opcodes.ACC_ANNOTATION;
  private static final int MEMBER_FLAGS =
      Opcodes.ACC_PUBLIC
          | Opcodes.ACC_PROTECTED
          | Opcodes.ACC_PRIVATE
          | Opcodes.ACC_STATIC
          | Opcodes.ACC_FINAL
          | Opcodes.ACC_SYNCHRONIZED
          | Opcodes.ACC_VOLATILE
          | Opcodes.ACC_NATIVE
          | Opcodes.ACC_ABSTRACT;

  private Shape() {}

  /** What a method body cannot express of going from {@code old} to {@code now}, in words. */
  static Optional<String> difference(ClassNode old, ClassNode now) {
    String name = old.name.replace('/', '.');
    if ((old.version & 0xffff) != (now.version & 0xffff)) {
      return Optional.of(name + " was compiled for another Java release than what runs");
    }
    if (!old.superName.equals(now.superName)) {
      return Optional.of("changes the superclass of " + name);
    }
    if (!old.interfaces.equals(now.interfaces)) {
      return Optional.of("changes the interfaces of " + name);
    }
    if ((old.access & CLASS_FLAGS) != (now.access & CLASS_FLAGS)) {
      return Optional.of("changes the modifiers of " + name);
    }
    if (!Objects.equals(components(old), components(now))) {
      return Optional.of("changes the record components of " + name);
    }
    if (!Objects.equals(old.permittedSubclasses, now.permittedSubclasses)) {
      return Optional.of("changes the permitted subclasses of " + name);
    }
    if (!annotations(old.visibleAnnotations).equals(annotations(now.visibleAnnotations))) {
      return Optional.of("changes the annotations of " + name);
    }
    return fields(old, now, name).or(() -> methods(old, now, name));
  }

  private static Optional<String> fields(ClassNode old, ClassNode now, String name) {
    Map<String, FieldNode> before = new HashMap<>();
    old.fields.forEach(f -> before.put(f.name, f));
    for (FieldNode field : now.fields) {
      FieldNode was = before.remove(field.name);
      if (was == null && !isInlined(field) && !Assertions.isFlag(field)) {
        String kind = (field.access & Opcodes.ACC_ENUM) != 0 ? "enum constant " : "field ";
        return Optional.of("adds the " + kind + field.name + " to " + name);
      }
      if (was != null && !same(was, field)) {
        return Optional.of("changes the field " + field.name + " of " + name);
      }
    }
    return before.values().stream()
        .filter(f -> !isInlined(f) && !Assertions.isFlag(f))
        .findFirst()
        .map(f -> "removes the field " + f.name + " of " + name);
  }

  private static boolean same(FieldNode was, FieldNode field) {
    return was.desc.equals(field.desc)
        && (was.access & MEMBER_FLAGS) == (field.access & MEMBER_FLAGS)
        && Objects.equals(was.value, field.value)
        && annotations(was.visibleAnnotations).equals(annotations(field.visibleAnnotations));
  }

  /** A constant whose value stands in the code that uses it. */
  private static boolean isInlined(FieldNode field) {
    return field.value != null
        && (field.access & Opcodes.ACC_PRIVATE) != 0
        && (field.access & Opcodes.ACC_STATIC) != 0;
  }

  private static Optional<String> methods(ClassNode old, ClassNode now, String name) {
    Map<String, MethodNode> after = new HashMap<>();
    now.methods.forEach(m -> after.put(m.name + m.desc, m));
    for (MethodNode method : old.methods) {
      MethodNode next = after.get(method.name + method.desc);
      if (next == null) {
        if (!isOwnBusiness(method)) {
          return Optional.of(
              "removes the method "
                  + method.name
                  + method.desc
                  + " of "
                  + name
                  + " or changes its signature");
        }
      } else if (!CodeText.isLambda(method.name)) {
        if ((method.access & MEMBER_FLAGS) != (next.access & MEMBER_FLAGS)) {
          return Optional.of("changes the modifiers of " + name + "." + method.name);
        }
        if (!methodAnnotations(method).equals(methodAnnotations(next))) {
          return Optional.of("changes the annotations of " + name + "." + method.name);
        }
      }
    }
    return Optional.empty();
  }

  /** Nobody else can call it, so that it may stay behind unused. */
  private static boolean isOwnBusiness(MethodNode method) {
    return (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0;
  }

  private static Set<String> methodAnnotations(MethodNode method) {
    Set<String> all = new LinkedHashSet<>(annotations(method.visibleAnnotations));
    if (method.visibleParameterAnnotations != null) {
      for (int i = 0; i < method.visibleParameterAnnotations.length; i++) {
        for (String text : annotations(method.visibleParameterAnnotations[i])) {
          all.add(i + text);
        }
      }
    }
    return all;
  }

  private static Set<String> annotations(@Nullable List<AnnotationNode> nodes) {
    Set<String> all = new LinkedHashSet<>();
    if (nodes != null) {
      nodes.forEach(n -> all.add(text(n)));
    }
    return all;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof AnnotationNode node) {
      return node.desc + text(node.values);
    } else if (value instanceof Collection<?> values) {
      List<String> texts = new ArrayList<>();
      values.forEach(v -> texts.add(text(v)));
      return texts.toString();
    } else if (value instanceof String[] constant) {
      return List.of(constant).toString();
    } else if (value != null && value.getClass().isArray()) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        texts.add(String.valueOf(java.lang.reflect.Array.get(value, i)));
      }
      return texts.toString();
    }
    return String.valueOf(value);
  }

  private static @Nullable List<String> components(ClassNode node) {
    return node.recordComponents == null
        ? null
        : node.recordComponents.stream().map(c -> c.name + c.descriptor).toList();
  }
}
