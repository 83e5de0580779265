package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What a file offers to build changes from: expressions by type, variables by place. */
final class Surroundings {
  private static final int FEW = 25;

  private final JavaFile file;
  private final List<Expression> corpus = new ArrayList<>();
  private final List<Statement> statements = new ArrayList<>();
  private final Map<Tree, List<VisibleVariable>> visible = new HashMap<>();
  private final Map<Tree, List<Expression>> inScope = new HashMap<>();
  private final Queries queries;

  /**
   * An expression that may stand somewhere.
   *
   * @param size nodes
   * @param names simple names of variables it uses
   * @param from offset where it was found; -1 when it was built
   */
  record Expression(String text, TypeMirror type, int size, Set<String> names, int from) {}

  /** A statement of the file that may stand elsewhere too. */
  record Statement(String text, int size, Set<String> names, int start, StatementTree tree) {}

  Surroundings(JavaFile file) {
    this.file = file;
    this.queries = new Queries(file);
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
        try {
          if (tree instanceof ExpressionTree e) {
            remember(e);
          } else if (tree instanceof StatementTree s) {
            remember(s);
          }
        } catch (IllegalArgumentException unknown) {
          return null; // the compiler's model lacks a part of it: the rest of the file is whole
        }
        return super.scan(tree, p);
      }
    }.scan(file.unit(), null);
  }

  private void remember(ExpressionTree e) {
    if (!file.written(e)
        || e instanceof AssignmentTree
        || e instanceof LambdaExpressionTree
        || e instanceof ParenthesizedTree
        || isType(file, e)
        || (e instanceof UnaryTree u && u.getKind().toString().contains("CREMENT"))) {
      return;
    }
    int size = size(e);
    if (size > 7) {
      return;
    }
    Optional<TypeMirror> type = file.typeOf(e);
    boolean value =
        type.isPresent()
            && type.get().getKind() != TypeKind.VOID
            && type.get().getKind() != TypeKind.PACKAGE
            && type.get().getKind() != TypeKind.EXECUTABLE
            && type.get().getKind() != TypeKind.NULL
            && !(file.elementOf(e)
                    .map(Element::getKind)
                    .filter(k -> k.isClass() || k.isInterface()))
                .isPresent();
    if (value) {
      corpus.add(new Expression(file.source(e), type.get(), size, names(e), file.start(e)));
    }
  }

  private void remember(StatementTree s) {
    int size = size(s);
    if (file.written(s) && size <= 12 && size > 1 && !(s instanceof VariableTree)) {
      statements.add(new Statement(file.source(s), size, names(s), file.start(s), s));
    }
  }

  /** Types are expressions to the compiler's trees, and no place for operators. */
  static boolean isType(JavaFile file, Tree tree) {
    return switch (tree.getKind()) {
      case PRIMITIVE_TYPE,
          ARRAY_TYPE,
          PARAMETERIZED_TYPE,
          UNION_TYPE,
          INTERSECTION_TYPE,
          ANNOTATED_TYPE,
          EXTENDS_WILDCARD,
          SUPER_WILDCARD,
          UNBOUNDED_WILDCARD ->
          true;
      case IDENTIFIER, MEMBER_SELECT ->
          file.elementOf(tree)
              .map(Element::getKind)
              .filter(
                  k ->
                      k.isClass()
                          || k.isInterface()
                          || k == ElementKind.PACKAGE
                          || k == ElementKind.TYPE_PARAMETER)
              .isPresent();
      default -> false;
    };
  }

  /** Nodes of a tree: a call counts itself, its receiver and its arguments. */
  static int size(Tree tree) {
    int[] count = {0};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree t, @Nullable Void p) {
        if (t instanceof IdentifierTree
            || t instanceof LiteralTree
            || t instanceof BinaryTree
            || t instanceof MethodInvocationTree
            || t instanceof UnaryTree
            || t instanceof ArrayAccessTree
            || t instanceof NewClassTree
            || t instanceof NewArrayTree
            || t instanceof TypeCastTree
            || t instanceof AssignmentTree
            || (t instanceof MemberSelectTree)
            || t instanceof StatementTree) {
          count[0]++;
        }
        return super.scan(t, p);
      }
    }.scan(tree, null);
    return count[0];
  }

  private Set<String> names(Tree tree) {
    Set<String> names = new HashSet<>();
    Set<String> declared = new HashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      /** The compiler adds constructors to anonymous classes: those are not in the file. */
      @Override
      public @Nullable Void scan(@Nullable Tree t, @Nullable Void p) {
        return t == null || !file.written(t) ? null : super.scan(t, p);
      }

      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void p) {
        Element element = file.elementOf(i).orElse(null);
        if (element != null
            && (element.getKind().isField()
                || element.getKind() == ElementKind.LOCAL_VARIABLE
                || element.getKind() == ElementKind.PARAMETER)) {
          names.add(i.getName().toString());
        }
        return null;
      }

      @Override
      public @Nullable Void visitVariable(VariableTree v, @Nullable Void p) {
        declared.add(v.getName().toString());
        return super.visitVariable(v, p);
      }
    }.scan(tree, null);
    names.removeAll(declared);
    return names;
  }

  /** Variables that certainly have a value at a place, innermost first. */
  List<VisibleVariable> variables(TreePath path) {
    Tree key = file.statementAround(path.getLeaf()).<Tree>map(s -> s).orElse(path.getLeaf());
    return visible.computeIfAbsent(
        key,
        k ->
            file.visibleVariables(path).stream()
                .filter(VisibleVariable::assigned)
                .filter(v -> !v.name().equals("this") && !v.name().equals("super"))
                .toList());
  }

  /** What values in scope can be asked without an argument. */
  List<Queries.Query> queries(TreePath path) {
    return queries.at(path, variables(path));
  }

  /** {@code x instanceof T} for variables in scope and types that the file tells apart. */
  List<String> typeTests(TreePath path) {
    return queries.typeTests(variables(path));
  }

  /** Reference types that the file casts to or tests for. */
  List<String> typesToldApart() {
    return queries.types();
  }

  /** Those of them that are more special than a type. */
  List<String> specialized(TypeMirror general) {
    return queries.specialized(general);
  }

  List<Statement> statements() {
    return statements;
  }

  /**
   * Expressions that may stand at a place: variables, what the file itself writes with variables
   * that are visible here, lengths and elements. Cheapest first, texts once.
   */
  List<Expression> expressions(TreePath path) {
    Tree key = file.statementAround(path.getLeaf()).<Tree>map(s -> s).orElse(path.getLeaf());
    List<Expression> known = inScope.get(key);
    if (known != null) {
      return known;
    }
    Map<String, Expression> found = new LinkedHashMap<>();
    List<VisibleVariable> variables = variables(path);
    Set<String> names = new HashSet<>();
    for (VisibleVariable v : variables) {
      names.add(v.name());
      if (!v.name().equals("length")) {
        add(found, v.name(), v.type(), 1, v.name());
      }
    }
    corpus.stream()
        .filter(e -> names.containsAll(e.names()))
        .forEach(e -> found.putIfAbsent(e.text(), e));
    TypeMirror integer = file.types().getPrimitiveType(TypeKind.INT);
    for (VisibleVariable v : variables) {
      if (v.type() instanceof ArrayType a) {
        add(found, v.name() + ".length", integer, 2, v.name());
        for (VisibleVariable i : variables) {
          if (i.type().getKind() == TypeKind.INT && variables.size() < FEW) {
            add(
                found,
                v.name() + "[" + i.name() + "]",
                a.getComponentType(),
                3,
                v.name(),
                i.name());
          }
        }
      } else if (isA(v.type(), "java.lang.CharSequence")) {
        add(found, v.name() + ".length()", integer, 2, v.name());
        TypeMirror character = file.types().getPrimitiveType(TypeKind.CHAR);
        indexed(found, variables, v, ".charAt(", character);
      } else if (isA(v.type(), "java.util.Collection") || isA(v.type(), "java.util.Map")) {
        add(found, v.name() + ".size()", integer, 2, v.name());
        if (isA(v.type(), "java.util.List")
            && v.type() instanceof DeclaredType d
            && d.getTypeArguments().size() == 1) {
          indexed(found, variables, v, ".get(", d.getTypeArguments().get(0));
        }
      } else if (v.type() instanceof DeclaredType d && d.asElement() instanceof TypeElement owner) {
        for (Element member : file.declared(owner)) {
          if (member.getKind() == ElementKind.FIELD
              && file.elementOf(file.unit().getTypeDecls().get(0)).isPresent()
              && declaredHere(member)) {
            TypeMirror type = file.types().asMemberOf(d, member);
            add(found, v.name() + "." + member.getSimpleName(), type, 2, v.name());
          }
        }
      }
    }
    List<Expression> all = new ArrayList<>(found.values());
    all.sort(java.util.Comparator.comparingInt(Expression::size));
    inScope.put(key, all);
    return all;
  }

  /** What stands at the place that a whole number names, for few variables. */
  private static void indexed(
      Map<String, Expression> found,
      List<VisibleVariable> variables,
      VisibleVariable of,
      String call,
      TypeMirror element) {
    for (VisibleVariable i : variables) {
      if (i.type().getKind() == TypeKind.INT && variables.size() < FEW) {
        add(found, of.name() + call + i.name() + ")", element, 3, of.name(), i.name());
      }
    }
  }

  private boolean declaredHere(Element member) {
    return file.trees().getPath(member) != null
        && file.trees().getPath(member).getCompilationUnit() == file.unit();
  }

  private static void add(
      Map<String, Expression> found, String text, TypeMirror type, int size, String... names) {
    found.putIfAbsent(text, new Expression(text, type, size, Set.of(names), -1));
  }

  /** Whether a value of one type can stand where another stood, numbers staying numbers. */
  boolean fits(TypeMirror from, TypeMirror to) {
    if (from.getKind().isPrimitive() && to.getKind().isPrimitive()) {
      return file.types().isSameType(from, to)
          || (from.getKind() != TypeKind.BOOLEAN
              && to.getKind() != TypeKind.BOOLEAN
              && (file.types().isAssignable(from, to)
                  || (to.getKind() == TypeKind.CHAR && from.getKind() == TypeKind.INT)));
    }
    if (from.getKind() == TypeKind.VOID || to.getKind() == TypeKind.VOID) {
      return false;
    }
    return file.types().isAssignable(from, to);
  }

  boolean isA(TypeMirror type, String className) {
    var wanted = file.elements().getTypeElement(className);
    return wanted != null
        && type.getKind() == TypeKind.DECLARED
        && file.types()
            .isAssignable(file.types().erasure(type), file.types().erasure(wanted.asType()));
  }

  /** The method around a place, lambdas passed over. */
  static @Nullable MethodTree methodAround(TreePath path) {
    for (TreePath p = path; p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof MethodTree m) {
        return m;
      }
    }
    return null;
  }

  /** What a call refers to. */
  Optional<ExecutableElement> method(MethodInvocationTree call) {
    return file.elementOf(call)
        .filter(ExecutableElement.class::isInstance)
        .map(ExecutableElement.class::cast);
  }
}
