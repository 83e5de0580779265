package dev.fettle.search;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.source.java.VisibleVariable;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Types and initial values of variables. */
final class ChangeDeclaration implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("declaration.type"), prior.cost("declaration.allocate"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof VariableTree v) {
      if (v.getInitializer() != null
          && site.file().written(v.getInitializer())
          && v.getInitializer().getKind() == Tree.Kind.NULL_LITERAL) {
        site.file()
            .elementOf(v)
            .ifPresent(e -> allocate(site, e.asType(), v.getInitializer(), draft));
      } else if (v.getInitializer() == null && site.file().written(v) && v.getType() != null) {
        site.file()
            .elementOf(v)
            .filter(e -> e.getKind().isField())
            .ifPresent(
                e -> {
                  for (String made : allocations(site, e.asType())) {
                    draft.insert("declaration.initialize", 0.2, site.end() - 1, " = " + made);
                  }
                });
      }
      if (v.getType() instanceof PrimitiveTypeTree t && site.file().start(t) >= 0) {
        types(t, draft);
      }
    } else if (site.tree() instanceof MethodTree m
        && m.getReturnType() instanceof PrimitiveTypeTree t
        && t.getPrimitiveTypeKind() == TypeKind.INT) {
      draft.replace("declaration.type", 1, t, "long");
    } else if (site.tree() instanceof NewArrayTree a && a.getInitializers() == null) {
      arrays(site, a, draft);
    } else if (site.tree().getKind() == Tree.Kind.NULL_LITERAL) {
      nulls(site, draft);
    }
  }

  private static void types(PrimitiveTypeTree t, Draft draft) {
    switch (t.getPrimitiveTypeKind()) {
      case INT -> {
        draft.replace("declaration.type", 0, t, "long");
        draft.replace("declaration.type", 0.5, t, "double");
        draft.replace("declaration.type", 1, t, "char");
      }
      case LONG -> draft.replace("declaration.type", 0.7, t, "int");
      case FLOAT -> draft.replace("declaration.type", 0, t, "double");
      case DOUBLE -> draft.replace("declaration.type", 0.5, t, "long");
      case CHAR, BYTE, SHORT -> draft.replace("declaration.type", 0, t, "int");
      default -> {
        // No other fits.
      }
    }
  }

  private static void arrays(Site site, NewArrayTree a, Draft draft) {
    List<? extends ExpressionTree> dimensions = a.getDimensions();
    if (dimensions.size() > 1) {
      java.util.ArrayList<Edit> edits = new java.util.ArrayList<>();
      for (ExpressionTree d : dimensions) {
        edits.add(new Edit(site.file().end(d), site.file().end(d), " + 1"));
      }
      draft.edits("array.larger", 0, edits);
      if (dimensions.size() == 2
          && !site.text(dimensions.get(0)).equals(site.text(dimensions.get(1)))) {
        draft.edits(
            "arguments.swap",
            0,
            List.of(
                new Edit(
                    site.file().start(dimensions.get(0)),
                    site.file().end(dimensions.get(0)),
                    site.text(dimensions.get(1))),
                new Edit(
                    site.file().start(dimensions.get(1)),
                    site.file().end(dimensions.get(1)),
                    site.text(dimensions.get(0)))));
      }
    }
    for (ExpressionTree d : dimensions) {
      draft.replace("array.larger", 0, d, site.text(d) + " + 1");
      draft.replace("array.larger", 0.5, d, site.text(d) + " + 2");
      draft.replace("array.larger", 0.8, d, site.text(d) + " * 2");
    }
  }

  private static void nulls(Site site, Draft draft) {
    if (site.parent() instanceof com.sun.source.tree.AssignmentTree a) {
      site.file().typeOf(a.getVariable()).ifPresent(t -> allocate(site, t, site.tree(), draft));
    } else if (site.parent() instanceof com.sun.source.tree.ReturnTree) {
      MethodTree m = Surroundings.methodAround(site.path());
      if (m != null && m.getReturnType() != null) {
        site.file()
            .elementOf(m)
            .map(e -> ((javax.lang.model.element.ExecutableElement) e).getReturnType())
            .ifPresent(t -> allocate(site, t, site.tree(), draft));
      }
    }
  }

  private static void allocate(Site site, TypeMirror type, Tree instead, Draft draft) {
    for (String made : allocations(site, type)) {
      draft.replace("declaration.allocate", 0, instead, made);
    }
  }

  /** Ways to make a value of a type here. */
  private static List<String> allocations(Site site, TypeMirror type) {
    List<String> all = new java.util.ArrayList<>();
    String text = site.file().typeText(type);
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if ((e.text().startsWith("new ")
              || e.text().contains(".clone()")
              || e.text().startsWith("\""))
          && site.around().fits(e.type(), type)) {
        all.add(e.text());
      }
    }
    for (VisibleVariable v : site.around().variables(site.path())) {
      if (v.type() instanceof DeclaredType d
          && site.file().types().asElement(d) instanceof TypeElement owner) {
        for (Element member : site.file().members(owner)) {
          if (member instanceof ExecutableElement method
              && method.getKind() == ElementKind.METHOD
              && method.getParameters().isEmpty()
              && !method.getModifiers().contains(Modifier.STATIC)
              && method.getModifiers().contains(Modifier.PUBLIC)
              && !String.valueOf(method.getEnclosingElement()).equals("java.lang.Object")
              && site.file().types().asMemberOf(d, method) instanceof ExecutableType as
              && as.getReturnType().getKind() != TypeKind.VOID
              && site.around().fits(as.getReturnType(), type)) {
            all.add(v.name() + "." + method.getSimpleName() + "()");
          }
        }
      }
    }
    if (type instanceof ArrayType a) {
      int depth = 0;
      TypeMirror element = a;
      while (element instanceof ArrayType inner) {
        depth++;
        element = inner.getComponentType();
      }
      String name = site.file().typeText(site.file().types().erasure(element));
      for (Surroundings.Expression n : site.around().expressions(site.path())) {
        if (n.type().getKind() == TypeKind.INT && n.size() <= 2 && !n.text().matches("[01]|-.*")) {
          all.add("new " + name + ("[" + n.text() + "]").repeat(depth));
          all.add(
              "new "
                  + name
                  + "["
                  + n.text()
                  + " + 1]"
                  + ("[" + n.text() + " + 1]").repeat(depth - 1));
        }
      }
      all.add("new " + name + "[0]" + "[]".repeat(depth - 1));
    } else if (type instanceof DeclaredType d) {
      String erased = d.asElement().toString();
      String known =
          switch (erased) {
            case "java.util.List", "java.util.Collection", "java.lang.Iterable" ->
                "new java.util.ArrayList<>()";
            case "java.util.Map" -> "new java.util.HashMap<>()";
            case "java.util.Set" -> "new java.util.HashSet<>()";
            case "java.util.SortedMap", "java.util.NavigableMap" -> "new java.util.TreeMap<>()";
            case "java.util.Queue" -> "new java.util.LinkedList<>()";
            case "java.util.Deque" -> "new java.util.ArrayDeque<>()";
            case "java.lang.String", "java.lang.CharSequence" -> "\"\"";
            default -> "";
          };
      if (!known.isEmpty()) {
        all.add(known);
      } else if (!d.asElement().getModifiers().contains(Modifier.ABSTRACT)) {
        String bare = text.contains("<") ? text.substring(0, text.indexOf('<')) + "<>" : text;
        all.add("new " + bare + "()");
        for (Surroundings.Expression e : site.around().expressions(site.path())) {
          if (e.size() <= 2 && e.type().getKind().isPrimitive()) {
            all.add("new " + bare + "(" + e.text() + ")");
          }
        }
      }
    }
    return all;
  }
}
