package dev.fettle.source.snippet;

import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Types as a snippet writes them: in full, and {@code Object} for classes that it may not name. */
record TypeWords(JavaFile file, Predicate<String> nameable) {
  private static final String OBJECT = "java.lang.Object";

  String of(TypeMirror type) {
    if (type.getKind().isPrimitive() || type.getKind() == TypeKind.VOID) {
      return type.getKind().name().toLowerCase(java.util.Locale.ROOT);
    }
    if (type instanceof ArrayType array) {
      return isNameable(array.getComponentType())
          ? of(file.types().erasure(array.getComponentType())) + "[]"
          : OBJECT;
    }
    if (type.getKind() != TypeKind.DECLARED) {
      TypeMirror erased = file.types().erasure(type);
      return erased.getKind() == TypeKind.DECLARED ? of(erased) : OBJECT;
    }
    if (!isNameable(type)) {
      return OBJECT;
    }
    List<String> arguments = new ArrayList<>();
    for (TypeMirror each : ((DeclaredType) type).getTypeArguments()) {
      boolean plain = each.getKind() == TypeKind.DECLARED || each instanceof ArrayType;
      arguments.add(plain ? of(each) : OBJECT);
    }
    String name = ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().toString();
    return arguments.isEmpty() ? name : name + "<" + String.join(", ", arguments) + ">";
  }

  private boolean isNameable(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isNameable(array.getComponentType());
    }
    return type.getKind().isPrimitive()
        || (type.getKind() == TypeKind.DECLARED
            && nameable.test(file.binaryName((TypeElement) ((DeclaredType) type).asElement())));
  }
}
