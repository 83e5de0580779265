package dev.fettle.source.java;

import com.sun.source.tree.ImportTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/** How a file names classes. */
record Names(JavaFile file) {

  /** The shortest name that means the class in this file; empty when it has none yet. */
  Optional<String> shortest(String qualified) {
    String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
    String owner = qualified.substring(0, Math.max(0, qualified.lastIndexOf('.')));
    String declared = file.packageTypes().get(simple);
    if (declared != null) {
      return declared.replace('$', '.').equals(qualified) ? Optional.of(simple) : Optional.empty();
    }
    for (ImportTree i : file.imports()) {
      String name = i.getQualifiedIdentifier().toString();
      if (!i.isStatic() && name.endsWith("." + simple)) {
        return name.equals(qualified) ? Optional.of(simple) : Optional.empty();
      }
    }
    if (owner.equals(file.packageName())) {
      return Optional.of(simple);
    }
    if (inPackage(simple)) {
      return Optional.empty();
    }
    boolean onDemand =
        owner.equals("java.lang")
            || file.imports().stream()
                .anyMatch(
                    i ->
                        i.getQualifiedIdentifier().toString().equals(owner + ".*")
                            && !i.isStatic());
    if (onDemand) {
      return Optional.of(simple);
    }
    TypeElement outer = owner.isEmpty() ? null : file.elements().getTypeElement(owner);
    return outer == null ? Optional.empty() : shortest(owner).map(o -> o + "." + simple);
  }

  /** Whether a simple name already means some other class here, so that an import would clash. */
  boolean taken(String qualified) {
    String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
    return file.packageTypes().containsKey(simple)
        || inPackage(simple)
        || file.imports().stream()
            .anyMatch(
                i -> !i.isStatic() && i.getQualifiedIdentifier().toString().endsWith("." + simple));
  }

  private boolean inPackage(String simple) {
    String pkg = file.packageName();
    return pkg != null
        && !pkg.isEmpty()
        && file.elements().getTypeElement(pkg + "." + simple) != null;
  }

  String write(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> write(((ArrayType) type).getComponentType()) + "[]";
      case TYPEVAR -> captured((TypeVariable) type);
      case WILDCARD -> wildcard((WildcardType) type);
      case DECLARED -> declared((DeclaredType) type);
      case NULL -> "Object";
      case INTERSECTION, UNION -> write(file.types().erasure(type));
      case BOOLEAN, BYTE, SHORT, INT, LONG, CHAR, FLOAT, DOUBLE, VOID ->
          type.getKind().name().toLowerCase(java.util.Locale.ROOT);
      default -> type.toString();
    };
  }

  private String captured(TypeVariable type) {
    String name = type.asElement().getSimpleName().toString();
    return name.startsWith("<") || name.isEmpty() || name.contains("capture")
        ? write(type.getUpperBound())
        : name;
  }

  private String wildcard(WildcardType w) {
    if (w.getExtendsBound() != null) {
      return "? extends " + write(w.getExtendsBound());
    }
    return w.getSuperBound() != null ? "? super " + write(w.getSuperBound()) : "?";
  }

  private String declared(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    if (name.isEmpty()) {
      Element around = element.getEnclosingElement();
      if ((around != null && around.getKind() != ElementKind.METHOD)
          || element.getSimpleName().isEmpty()) {
        List<? extends TypeMirror> supers = file.types().directSupertypes(type);
        return write(supers.get(supers.size() - 1));
      }
      return element.getSimpleName().toString();
    }
    String base = shortest(name).orElse(name);
    if (type.getTypeArguments().isEmpty()) {
      return base;
    }
    List<String> arguments = new ArrayList<>();
    type.getTypeArguments().forEach(a -> arguments.add(write(a)));
    return base + "<" + String.join(", ", arguments) + ">";
  }
}
