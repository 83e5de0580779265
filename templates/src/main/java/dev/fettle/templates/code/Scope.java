package dev.fettle.templates.code;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
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
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The names visible at a place and the types of expressions there. Confined like its unit. */
public final class Scope {
  private final Declarations declarations;
  private final Unit unit;
  private final TreePath at;
  private final Map<String, Name> names = new LinkedHashMap<>();

  /**
   * A visible variable.
   *
   * @param tree null for an inherited or record field
   */
  public record Name(String name, TypeName type, Kind kind, @Nullable VariableTree tree) {
    /** What declares it. */
    public enum Kind {
      LOCAL,
      PARAMETER,
      LAMBDA,
      FIELD
    }

    public boolean field() {
      return kind == Kind.FIELD;
    }
  }

  private Scope(Declarations declarations, Unit unit, TreePath at) {
    this.declarations = declarations;
    this.unit = unit;
    this.at = at;
    collect();
  }

  public static Scope at(Declarations declarations, Unit unit, TreePath at) {
    return new Scope(declarations, unit, at);
  }

  /** Innermost first. */
  public List<Name> names() {
    return List.copyOf(names.values());
  }

  public Optional<Name> name(String name) {
    return Optional.ofNullable(names.get(name));
  }

  public Declarations declarations() {
    return declarations;
  }

  public Unit unit() {
    return unit;
  }

  /** Simple name of the innermost named class; empty outside of any. */
  public String className() {
    ClassTree c = enclosing(ClassTree.class);
    return c == null ? "" : c.getSimpleName().toString();
  }

  /** The method around the place; null in initializers. */
  public @Nullable MethodTree method() {
    return enclosing(MethodTree.class);
  }

  /** Whether a parameter is declared so that callers may leave it out. */
  public boolean mayBeLeftOut(String name) {
    return name(name)
        .filter(n -> n.kind() == Name.Kind.PARAMETER)
        .map(Name::tree)
        .map(v -> v.getModifiers().getAnnotations())
        .filter(
            all ->
                all.stream()
                    .map(a -> a.toString().replace(" ", ""))
                    .anyMatch(
                        a ->
                            a.contains("required=false")
                                || a.matches("@(.*\\.)?Nullable(\\(\\))?")))
        .isPresent();
  }

  /**
   * Whether a part of a request's path goes into an expression, directly or by way of locals: such
   * a part names a thing, which is there or not.
   */
  public boolean fromPath(@Nullable ExpressionTree expression) {
    return expression != null && fromPath(expression, 0);
  }

  private boolean fromPath(Tree expression, int hops) {
    MethodTree around = method();
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void none) {
        Name n = names.get(i.getName().toString());
        if (n != null && around != null && n.kind() == Name.Kind.PARAMETER) {
          found[0] |= declarations.pathVariables().holds(className(), around, n.name());
        } else if (n != null
            && n.kind() == Name.Kind.LOCAL
            && hops < 3
            && n.tree() != null
            && n.tree().getInitializer() != null) {
          found[0] |= fromPath(n.tree().getInitializer(), hops + 1);
        }
        return null;
      }
    }.scan(expression, null);
    return found[0];
  }

  /** Whether the place is in code without {@code this}. */
  public boolean isStatic() {
    MethodTree m = method();
    return m != null && m.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private <T extends Tree> @Nullable T enclosing(Class<T> kind) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      if (kind.isInstance(p.getLeaf())
          && !(p.getLeaf() instanceof ClassTree c && c.getSimpleName().isEmpty())) {
        return kind.cast(p.getLeaf());
      }
    }
    return null;
  }

  private void collect() {
    Tree child = at.getLeaf();
    for (TreePath p = at; p != null; child = p.getLeaf(), p = p.getParentPath()) {
      Tree t = p.getLeaf();
      if (t instanceof BlockTree b) {
        before(b.getStatements(), child);
      } else if (t instanceof CaseTree c && c.getStatements() != null) {
        before(c.getStatements(), child);
      } else if (t instanceof ForLoopTree f) {
        f.getInitializer().stream()
            .filter(VariableTree.class::isInstance)
            .forEach(v -> local((VariableTree) v, Name.Kind.LOCAL));
      } else if (t instanceof EnhancedForLoopTree f && child != f.getExpression()) {
        local(f.getVariable(), Name.Kind.LOCAL);
      } else if (t instanceof TryTree r && child == r.getBlock()) {
        r.getResources().stream()
            .filter(VariableTree.class::isInstance)
            .forEach(v -> local((VariableTree) v, Name.Kind.LOCAL));
      } else if (t instanceof CatchTree c) {
        local(c.getParameter(), Name.Kind.LOCAL);
      } else if (t instanceof LambdaExpressionTree l) {
        l.getParameters().forEach(v -> local(v, Name.Kind.LAMBDA));
      } else if (t instanceof MethodTree m) {
        m.getParameters().forEach(v -> local(v, Name.Kind.PARAMETER));
      } else if (t instanceof ClassTree c) {
        fields(c);
      } else if (t instanceof com.sun.source.tree.IfTree i && child == i.getThenStatement()) {
        bindings(i.getCondition());
      } else if (t instanceof ConditionalExpressionTree e && child == e.getTrueExpression()) {
        bindings(e.getCondition());
      } else if (t instanceof BinaryTree b && child == b.getRightOperand()) {
        bindings(b.getLeftOperand());
      }
    }
  }

  private void before(List<? extends StatementTree> statements, Tree end) {
    List<StatementTree> seen = new ArrayList<>();
    for (StatementTree s : statements) {
      if (s == end) {
        break;
      }
      seen.add(0, s);
    }
    for (StatementTree s : seen) {
      if (s instanceof VariableTree v) {
        local(v, Name.Kind.LOCAL);
      }
    }
  }

  private void bindings(Tree condition) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBindingPattern(BindingPatternTree b, Void none) {
        local(b.getVariable(), Name.Kind.LOCAL);
        return null;
      }
    }.scan(condition, null);
  }

  private void local(VariableTree v, Name.Kind kind) {
    String name = v.getName().toString();
    names.putIfAbsent(name, new Name(name, declaredType(v), kind, v));
  }

  private TypeName declaredType(VariableTree v) {
    if (v.getType() != null && unit.written(v.getType())) {
      TypeName written = TypeName.parse(unit.text(v.getType()));
      if (written.known()) {
        return written;
      }
    }
    TreePath path = unit.pathTo(v);
    Optional<String> attributed = path == null ? Optional.empty() : unit.attributed().apply(path);
    if (attributed.isPresent()) {
      return TypeName.parse(attributed.get());
    }
    if (v.getInitializer() != null) {
      return typeOf(v.getInitializer());
    }
    if (path != null && path.getParentPath().getLeaf() instanceof EnhancedForLoopTree f) {
      return typeOf(f.getExpression()).element();
    }
    if (path != null && path.getParentPath().getLeaf() instanceof LambdaExpressionTree l) {
      return lambdaParameter(path.getParentPath(), l);
    }
    return TypeName.UNKNOWN;
  }

  /** The element of the receiver when the lambda is an argument of a stream-like call. */
  private TypeName lambdaParameter(TreePath lambda, LambdaExpressionTree l) {
    TreePath call = lambda.getParentPath();
    if (call != null
        && l.getParameters().size() == 1
        && call.getLeaf() instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      TypeName receiver = typeOf(s.getExpression());
      return receiver.map() ? TypeName.UNKNOWN : receiver.argument(0);
    }
    return TypeName.UNKNOWN;
  }

  private void fields(ClassTree c) {
    for (Tree member : c.getMembers()) {
      if (member instanceof VariableTree v) {
        String name = v.getName().toString();
        TypeName type = v.getType() == null ? TypeName.UNKNOWN : TypeName.parse(v.getType() + "");
        names.putIfAbsent(name, new Name(name, type, Name.Kind.FIELD, v));
      }
    }
    if (c.getExtendsClause() != null) {
      for (TypeName t : declarations.lineage(TypeName.parse(c.getExtendsClause().toString()))) {
        declarations
            .type(t)
            .ifPresent(
                d ->
                    d.fields()
                        .forEach(
                            (n, f) -> names.putIfAbsent(n, new Name(n, f, Name.Kind.FIELD, null))));
      }
    }
  }

  /** The type of an expression, {@link TypeName#UNKNOWN} when names do not tell. */
  public TypeName typeOf(Tree e) {
    if (e instanceof ExpressionTree) {
      TreePath path = e == at.getLeaf() ? at : unit.pathTo(e);
      Optional<String> attributed = path == null ? Optional.empty() : unit.attributed().apply(path);
      if (attributed.isPresent()) {
        TypeName t = TypeName.parse(attributed.get());
        if (t.known()) {
          return t;
        }
      }
    }
    return named(e);
  }

  private TypeName named(Tree e) {
    if (e instanceof ParenthesizedTree p) {
      return typeOf(p.getExpression());
    } else if (e instanceof IdentifierTree i) {
      String n = i.getName().toString();
      if (n.equals("this")) {
        return TypeName.of(className());
      }
      Name known = names.get(n);
      return known != null ? known.type() : typeNamed(n);
    } else if (e instanceof MemberSelectTree s) {
      TypeName receiver = typeOf(s.getExpression());
      if (receiver.array() && s.getIdentifier().contentEquals("length")) {
        return TypeName.of("int");
      }
      if ((receiver.simple().equals("BigDecimal") || receiver.simple().equals("BigInteger"))) {
        return receiver;
      }
      return declarations
          .field(receiver, s.getIdentifier().toString())
          .orElseGet(() -> typeNamed(s.getIdentifier().toString()));
    } else if (e instanceof MethodInvocationTree m) {
      int n = m.getArguments().size();
      if (m.getMethodSelect() instanceof MemberSelectTree s) {
        return declarations.returns(typeOf(s.getExpression()), s.getIdentifier().toString(), n);
      }
      return declarations.returns(TypeName.of(className()), m.getMethodSelect().toString(), n);
    } else if (e instanceof NewClassTree n) {
      return TypeName.parse(n.getIdentifier().toString());
    } else if (e instanceof NewArrayTree n) {
      return n.getType() == null
          ? TypeName.UNKNOWN
          : new TypeName("[]", List.of(TypeName.parse(n.getType().toString())));
    } else if (e instanceof LiteralTree l) {
      return literal(l);
    } else if (e instanceof TypeCastTree c) {
      return TypeName.parse(c.getType().toString());
    } else if (e instanceof ArrayAccessTree a) {
      return typeOf(a.getExpression()).element();
    } else if (e instanceof InstanceOfTree) {
      return TypeName.of("boolean");
    } else if (e instanceof ConditionalExpressionTree c) {
      TypeName yes = typeOf(c.getTrueExpression());
      return yes.known() ? yes : typeOf(c.getFalseExpression());
    } else if (e instanceof AssignmentTree a) {
      return typeOf(a.getVariable());
    } else if (e instanceof UnaryTree u) {
      return typeOf(u.getExpression());
    } else if (e instanceof BinaryTree b) {
      return binary(b);
    }
    return TypeName.UNKNOWN;
  }

  private static TypeName typeNamed(String n) {
    return Character.isUpperCase(n.charAt(0)) && !n.equals(n.toUpperCase(java.util.Locale.ROOT))
        ? TypeName.of(n)
        : TypeName.UNKNOWN;
  }

  private TypeName binary(BinaryTree b) {
    return switch (b.getKind()) {
      case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> {
        TypeName l = typeOf(b.getLeftOperand());
        TypeName r = typeOf(b.getRightOperand());
        if (l.text() || r.text()) {
          yield TypeName.of("String");
        }
        for (String wide : List.of("Double", "Float", "Long")) {
          if (l.boxed().simple().equals(wide) || r.boxed().simple().equals(wide)) {
            yield TypeName.of(wide.toLowerCase(java.util.Locale.ROOT));
          }
        }
        yield l.known() || r.known() ? TypeName.of("int") : TypeName.UNKNOWN;
      }
      case AND, OR, XOR, LEFT_SHIFT, RIGHT_SHIFT -> typeOf(b.getLeftOperand());
      default -> TypeName.of("boolean");
    };
  }

  private static TypeName literal(LiteralTree l) {
    return switch (l.getKind()) {
      case STRING_LITERAL -> TypeName.of("String");
      case INT_LITERAL -> TypeName.of("int");
      case LONG_LITERAL -> TypeName.of("long");
      case DOUBLE_LITERAL -> TypeName.of("double");
      case FLOAT_LITERAL -> TypeName.of("float");
      case BOOLEAN_LITERAL -> TypeName.of("boolean");
      case CHAR_LITERAL -> TypeName.of("char");
      default -> TypeName.UNKNOWN;
    };
  }
}
