package dev.fettle.templates.code;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A type that the code base declares.
 *
 * @param qualified dotted, nested types included
 * @param fields by name; record components too
 * @param variables names of type parameters, in order
 */
public record Declared(
    Unit unit,
    ClassTree tree,
    String simple,
    String qualified,
    Map<String, TypeName> fields,
    List<Method> methods,
    List<TypeName> supertypes,
    List<String> variables) {

  /**
   * A method or constructor ({@code <init>}).
   *
   * @param tree null for accessors that records and Lombok add
   */
  public record Method(
      String name, TypeName returns, List<Parameter> parameters, @Nullable MethodTree tree) {
    /** Whether any annotation of that simple name stands on it. */
    public boolean annotated(String annotation) {
      return tree != null
          && tree.getModifiers().getAnnotations().stream()
              .anyMatch(a -> simple(a.getAnnotationType().toString()).equals(annotation));
    }
  }

  /** A parameter. */
  public record Parameter(String name, TypeName type) {}

  static Declared of(Unit unit, ClassTree tree, String outer) {
    Map<String, TypeName> fields = new LinkedHashMap<>();
    List<Method> methods = new ArrayList<>();
    List<TypeName> supertypes = new ArrayList<>();
    boolean isRecord = tree.getKind() == Tree.Kind.RECORD;
    boolean getters = annotated(tree, Set.of("Data", "Getter", "Value"));
    List<Parameter> components = new ArrayList<>();
    for (Tree member : tree.getMembers()) {
      if (member instanceof VariableTree v) {
        TypeName type = v.getType() == null ? TypeName.UNKNOWN : TypeName.parse(v.getType() + "");
        String name = v.getName().toString();
        fields.put(name, type);
        boolean isStatic = v.getModifiers().getFlags().contains(Modifier.STATIC);
        if (isRecord && !isStatic) {
          methods.add(new Method(name, type, List.of(), null));
          components.add(new Parameter(name, type));
        } else if (!isStatic
            && (getters
                || v.getModifiers().getAnnotations().stream()
                    .anyMatch(a -> simple(a.getAnnotationType().toString()).equals("Getter")))) {
          String prefix = type.simple().equals("boolean") ? "is" : "get";
          String getter = prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
          methods.add(new Method(getter, type, List.of(), null));
        }
      } else if (member instanceof MethodTree m) {
        methods.add(
            new Method(
                m.getName().toString(),
                m.getReturnType() == null
                    ? TypeName.UNKNOWN
                    : TypeName.parse(m.getReturnType() + ""),
                m.getParameters().stream()
                    .map(
                        p ->
                            new Parameter(p.getName().toString(), TypeName.parse(p.getType() + "")))
                    .toList(),
                m));
      }
    }
    if (isRecord && methods.stream().noneMatch(m -> m.name().equals("<init>"))) {
      methods.add(new Method("<init>", TypeName.UNKNOWN, components, null));
    }
    if (tree.getExtendsClause() != null) {
      supertypes.add(TypeName.parse(tree.getExtendsClause().toString()));
    }
    tree.getImplementsClause().forEach(i -> supertypes.add(TypeName.parse(i.toString())));
    String simple = tree.getSimpleName().toString();
    return new Declared(
        unit,
        tree,
        simple,
        outer.isEmpty() ? simple : outer + "." + simple,
        fields,
        methods,
        supertypes,
        tree.getTypeParameters().stream().map(p -> p.getName().toString()).toList());
  }

  public boolean isEnum() {
    return tree.getKind() == Tree.Kind.ENUM;
  }

  public boolean isInterface() {
    return tree.getKind() == Tree.Kind.INTERFACE;
  }

  /** Constants of an enum in order; empty for other types. */
  public List<String> constants() {
    return isEnum()
        ? tree.getMembers().stream()
            .filter(VariableTree.class::isInstance)
            .map(VariableTree.class::cast)
            .filter(v -> v.getModifiers().getFlags().contains(Modifier.STATIC))
            .filter(v -> v.getModifiers().getFlags().contains(Modifier.PUBLIC))
            .filter(v -> v.getType() == null || v.getType().toString().equals(simple))
            .map(v -> v.getName().toString())
            .toList()
        : List.of();
  }

  public boolean annotated(String... names) {
    return annotated(tree, Set.of(names));
  }

  /** The text of the annotation of that simple name. */
  public Optional<String> annotation(String name) {
    return tree.getModifiers().getAnnotations().stream()
        .filter(a -> simple(a.getAnnotationType().toString()).equals(name))
        .map(Object::toString)
        .findFirst();
  }

  /** Methods of that name and number of parameters, constructors as {@code <init>}. */
  public Optional<Method> method(String name, int parameters) {
    return methods.stream()
        .filter(m -> m.name().equals(name) && m.parameters().size() == parameters)
        .findFirst();
  }

  public List<Method> constructors() {
    return methods.stream().filter(m -> m.name().equals("<init>")).toList();
  }

  private static boolean annotated(ClassTree tree, Set<String> names) {
    return tree.getModifiers().getAnnotations().stream()
        .anyMatch(a -> names.contains(simple(a.getAnnotationType().toString())));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
