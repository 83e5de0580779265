package dev.fettle.search;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What a value in scope can be asked without an argument and, as far as names tell, without a
 * change: {@code x.isArray()}, {@code x.size()}, {@code x instanceof T} for the types that the file
 * itself tells apart. Confined to the searching thread.
 */
final class Queries {
  private static final int TRUTHS = 8;
  private static final int NUMBERS = 3;
  private static final int OWN = 12;
  private static final int TYPES = 12;
  private static final Pattern TRUTH =
      Pattern.compile(
          "(is|has|can|should|supports|allows|needs|contains|accepts|was|exists|matches)([A-Z]\\w*)?"
              + "|\\w*(Empty|Present|Enabled|Next)");
  private static final Pattern NUMBER =
      Pattern.compile("(length|size|ordinal|signum|get(Length|Size|Count|Type|Kind|Index)\\w*)");

  private final JavaFile file;
  private final Map<String, TypeElement> types;
  private final Map<TypeElement, List<Query>> known = new HashMap<>();

  Queries(JavaFile file) {
    this.file = file;
    this.types = toldApart(file);
  }

  /** A question: an expression of type {@code boolean}, or of a whole number. */
  record Query(String text, TypeKind kind) {}

  /** Reference types in casts and {@code instanceof}, by the names they have there. */
  private static Map<String, TypeElement> toldApart(JavaFile file) {
    Map<String, TypeElement> types = new LinkedHashMap<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitInstanceOf(InstanceOfTree i, @Nullable Void p) {
        add(i.getType());
        return super.visitInstanceOf(i, p);
      }

      @Override
      public @Nullable Void visitTypeCast(TypeCastTree c, @Nullable Void p) {
        add(c.getType());
        return super.visitTypeCast(c, p);
      }

      private void add(@Nullable Tree type) {
        if (type != null && file.written(type) && types.size() < TYPES) {
          Tree bare = type instanceof ParameterizedTypeTree g ? g.getType() : type;
          if (file.elementOf(bare).orElse(null) instanceof TypeElement e) {
            types.putIfAbsent(file.source(bare), e);
          }
        }
      }
    }.scan(file.unit(), null);
    return types;
  }

  /** Of a place, variables in their order, then of the object that the code runs in. */
  List<Query> at(TreePath path, List<VisibleVariable> variables) {
    Map<String, Query> all = new LinkedHashMap<>();
    for (VisibleVariable v : variables) {
      if (v.type() instanceof DeclaredType d
          && file.types().asElement(d) instanceof TypeElement owner) {
        for (Query q : of(owner)) {
          all.putIfAbsent(
              v.name() + "." + q.text(), new Query(v.name() + "." + q.text(), q.kind()));
        }
      }
    }
    own(path).forEach(q -> all.putIfAbsent(q.text(), q));
    return List.copyOf(all.values());
  }

  /** {@code x instanceof T} where both can hold. */
  List<String> typeTests(List<VisibleVariable> variables) {
    List<String> tests = new ArrayList<>();
    for (VisibleVariable v : variables) {
      if (v.type().getKind() != TypeKind.DECLARED || v.kind() == VisibleVariable.Kind.FIELD) {
        continue;
      }
      specialized(v.type()).forEach(name -> tests.add(v.name() + " instanceof " + name));
    }
    return tests;
  }

  /** Names of the types that the file tells apart. */
  List<String> types() {
    return List.copyOf(types.keySet());
  }

  /** Those of them that are more special than a type. */
  List<String> specialized(TypeMirror type) {
    TypeMirror general = file.types().erasure(type);
    List<String> names = new ArrayList<>();
    types.forEach(
        (name, element) -> {
          TypeMirror special = file.types().erasure(element.asType());
          if (file.types().isSubtype(special, general)
              && !file.types().isSameType(special, general)) {
            names.add(name);
          }
        });
    return names;
  }

  private List<Query> of(TypeElement owner) {
    return known.computeIfAbsent(owner, o -> asked(o, TRUTHS));
  }

  private List<Query> asked(TypeElement owner, int truths) {
    Map<String, Query> found = new LinkedHashMap<>();
    int numbers = 0;
    int booleans = 0;
    for (Element member : file.members(owner)) {
      if (!(member instanceof ExecutableElement method)
          || method.getKind() != ElementKind.METHOD
          || !method.getParameters().isEmpty()
          || method.getModifiers().contains(Modifier.STATIC)
          || hidden(method)) {
        continue;
      }
      String name = method.getSimpleName().toString();
      TypeKind kind = method.getReturnType().getKind();
      boolean truth = kind == TypeKind.BOOLEAN && TRUTH.matcher(name).matches();
      boolean number =
          (kind == TypeKind.INT || kind == TypeKind.LONG) && NUMBER.matcher(name).matches();
      if (truth && booleans < truths || number && numbers < NUMBERS) {
        if (found.putIfAbsent(name, new Query(name + "()", kind)) == null) {
          booleans += truth ? 1 : 0;
          numbers += number ? 1 : 0;
        }
      }
    }
    return List.copyOf(found.values());
  }

  private boolean hidden(ExecutableElement method) {
    boolean elsewhere = file.trees().getPath(method) == null;
    return elsewhere && !method.getModifiers().contains(Modifier.PUBLIC);
  }

  /** What the class itself can be asked where there is an object. */
  private List<Query> own(TreePath path) {
    for (TreePath p = path; p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof MethodTree m
          && m.getModifiers().getFlags().contains(Modifier.STATIC)) {
        return List.of();
      } else if (p.getLeaf() instanceof ClassTree c) {
        return file.elementOf(c).orElse(null) instanceof TypeElement owner
            ? asked(owner, OWN)
            : List.of();
      }
    }
    return List.of();
  }
}
