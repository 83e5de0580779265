package dev.fettle.templates.conventions;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects sightings from one file. Confined; used once. */
final class Miner extends TreePathScanner<Void, Void> {
  private static final Pattern SIZE = Pattern.compile("\\.(length(\\(\\))?|size\\(\\))$");

  private final Declarations declarations;
  private final Unit unit;
  private final List<Sighting> sightings = new ArrayList<>();
  private final List<Construction> constructions = new ArrayList<>();

  /** A {@code new SomeException(...)} wherever it stands. */
  record Construction(String type, NewClassTree tree, Scope scope) {}

  private record Test(Situation situation, ExpressionTree subject, boolean negated) {}

  Miner(Declarations declarations, Unit unit) {
    this.declarations = declarations;
    this.unit = unit;
  }

  Miner mine() {
    scan(unit.tree(), null);
    return this;
  }

  List<Sighting> sightings() {
    return sightings;
  }

  List<Construction> constructions() {
    return constructions;
  }

  @Override
  public Void visitIf(IfTree node, Void none) {
    Scope scope = scope();
    for (Test test : tests(node.getCondition())) {
      StatementTree bad = test.negated() ? node.getElseStatement() : node.getThenStatement();
      if (bad != null) {
        respond(test, bad, scope, node);
      } else if (test.negated()) {
        add(test, Sighting.Response.SKIP, null, scope, node);
      }
    }
    return super.visitIf(node, none);
  }

  private void respond(Test test, StatementTree body, Scope scope, Tree at) {
    StatementTree only = last(body);
    if (only instanceof ThrowTree t) {
      add(test, Sighting.Response.THROW, t.getExpression(), scope, at);
    } else if (only instanceof ReturnTree r) {
      add(test, Sighting.Response.RETURN, r.getExpression(), scope, at);
    } else if (only instanceof ContinueTree) {
      add(test, Sighting.Response.CONTINUE, null, scope, at);
    } else if (only instanceof BreakTree) {
      add(test, Sighting.Response.BREAK, null, scope, at);
    } else if (only instanceof ExpressionStatementTree s
        && s.getExpression() instanceof AssignmentTree a
        && a.getVariable().toString().equals(test.subject().toString())) {
      add(test, Sighting.Response.DEFAULT, a.getExpression(), scope, at);
    }
  }

  private static @Nullable StatementTree last(StatementTree body) {
    if (!(body instanceof BlockTree b)) {
      return body;
    }
    int n = b.getStatements().size();
    return n == 0 || n > 3 ? null : b.getStatements().get(n - 1);
  }

  @Override
  public Void visitConditionalExpression(ConditionalExpressionTree node, Void none) {
    Scope scope = scope();
    for (Test test : tests(node.getCondition())) {
      ExpressionTree bad = test.negated() ? node.getFalseExpression() : node.getTrueExpression();
      add(test, Sighting.Response.DEFAULT, bad, scope, node);
    }
    return super.visitConditionalExpression(node, none);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree node, Void none) {
    if (node.getMethodSelect() instanceof MemberSelectTree s) {
      String name = s.getIdentifier().toString();
      List<? extends ExpressionTree> arguments = node.getArguments();
      Test absent = new Test(Situation.ABSENT, unmapped(s.getExpression()), false);
      if (name.equals("orElseThrow") && arguments.size() == 1) {
        supplied(arguments.get(0))
            .ifPresent(v -> add(absent, Sighting.Response.THROW, v, scope(), node));
      } else if (name.equals("orElse") && arguments.size() == 1 && !isNull(arguments.get(0))) {
        add(absent, Sighting.Response.DEFAULT, arguments.get(0), scope(), node);
      } else if (name.equals("orElseGet") && arguments.size() == 1) {
        lambdaValue(arguments.get(0))
            .ifPresent(v -> add(absent, Sighting.Response.DEFAULT, v, scope(), node));
      } else if (name.equals("getOrDefault") && arguments.size() == 2) {
        Scope scope = scope();
        Subject looked = Subject.of(node, scope);
        Subject plain =
            new Subject(
                looked.type(),
                looked.text(),
                looked.name(),
                looked.source(),
                looked.owner(),
                "get",
                looked.key(),
                looked.keyText(),
                looked.fromRequest());
        sightings.add(
            new Sighting(
                Situation.ABSENT, plain, Sighting.Response.DEFAULT, arguments.get(1), scope, node));
      } else if (name.startsWith("requireNonNullElse") && arguments.size() == 2) {
        add(
            new Test(Situation.ABSENT, arguments.get(0), false),
            Sighting.Response.DEFAULT,
            arguments.get(1),
            scope(),
            node);
      }
    }
    return super.visitMethodInvocation(node, none);
  }

  /** The Optional that others were mapped from: what is absent is what it would have held. */
  private ExpressionTree unmapped(ExpressionTree optional) {
    ExpressionTree e = optional;
    while (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && s.getIdentifier().contentEquals("map")
        && scope().typeOf(s.getExpression()).optional()) {
      e = s.getExpression();
    }
    return e;
  }

  /** What a supplier of an exception gives: a lambda's value, or a reference as it stands. */
  private static Optional<ExpressionTree> supplied(ExpressionTree argument) {
    return argument instanceof MemberReferenceTree r ? Optional.of(r) : lambdaValue(argument);
  }

  private static Optional<ExpressionTree> lambdaValue(ExpressionTree argument) {
    if (!(argument instanceof LambdaExpressionTree l)) {
      return Optional.empty();
    }
    if (l.getBody() instanceof ExpressionTree e) {
      return Optional.of(e);
    }
    return l.getBody() instanceof BlockTree b && last(b) instanceof ReturnTree r
        ? Optional.ofNullable(r.getExpression())
        : Optional.empty();
  }

  @Override
  public Void visitCatch(CatchTree node, Void none) {
    String type = node.getParameter().getType().toString();
    if (type.matches(
            ".*(NumberFormat|DateTimeParse|DateTime|IllegalArgument|Parse|ArithmeticE)\\w*.*")
        && getCurrentPath().getParentPath().getLeaf() instanceof TryTree t) {
      parsed(t)
          .ifPresent(
              subject -> {
                Scope scope =
                    Scope.at(declarations, unit, new TreePath(getCurrentPath(), node.getBlock()));
                respond(
                    new Test(Situation.UNPARSABLE, subject, false), node.getBlock(), scope, node);
              });
    }
    return super.visitCatch(node, none);
  }

  /** The text that the body of a try parses: argument of the first parse-like call. */
  private static Optional<ExpressionTree> parsed(TryTree t) {
    List<ExpressionTree> found = new ArrayList<>();
    new com.sun.source.util.TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
        String name = m.getMethodSelect().toString();
        if (name.matches("(.*\\.)?(parse\\w*|valueOf)") && !m.getArguments().isEmpty()) {
          found.add(m.getArguments().get(0));
        }
        return super.visitMethodInvocation(m, none);
      }

      @Override
      public Void visitNewClass(NewClassTree n, Void none) {
        if (n.getIdentifier().toString().equals("BigDecimal") && !n.getArguments().isEmpty()) {
          found.add(n.getArguments().get(0));
        }
        return super.visitNewClass(n, none);
      }
    }.scan(t.getBlock(), null);
    return found.stream().findFirst();
  }

  @Override
  public Void visitCase(CaseTree node, Void none) {
    boolean isDefault = node.getExpressions().isEmpty() && node.toString().startsWith("default");
    if (isDefault) {
      Scope scope = scope();
      Tree body = node.getBody();
      StatementTree only = body instanceof StatementTree s ? last(s) : null;
      if (body == null && node.getStatements() != null && !node.getStatements().isEmpty()) {
        only = node.getStatements().get(0);
      }
      ExpressionTree subject = subjectOfSwitch();
      if (subject != null && only != null) {
        respond(new Test(Situation.UNKNOWN_CASE, subject, false), only, scope, node);
      } else if (subject != null && body instanceof ExpressionTree value) {
        add(
            new Test(Situation.UNKNOWN_CASE, subject, false),
            Sighting.Response.DEFAULT,
            value,
            scope,
            node);
      }
    }
    return super.visitCase(node, none);
  }

  private @Nullable ExpressionTree subjectOfSwitch() {
    Tree parent = getCurrentPath().getParentPath().getLeaf();
    if (parent instanceof com.sun.source.tree.SwitchTree s) {
      return s.getExpression();
    }
    return parent instanceof com.sun.source.tree.SwitchExpressionTree s ? s.getExpression() : null;
  }

  @Override
  public Void visitNewClass(NewClassTree node, Void none) {
    String type = node.getIdentifier().toString();
    if (type.endsWith("Exception") || declarations.type(type).isPresent()) {
      constructions.add(new Construction(type, node, scope()));
    }
    return super.visitNewClass(node, none);
  }

  private void add(
      Test test, Sighting.Response response, @Nullable ExpressionTree value, Scope scope, Tree at) {
    sightings.add(
        new Sighting(test.situation(), subject(test.subject(), scope), response, value, scope, at));
  }

  private static Subject subject(ExpressionTree asked, Scope scope) {
    Subject subject = Subject.of(asked, scope);
    if (asked instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && s.getIdentifier().contentEquals("containsKey")) {
      List<TypeName> arguments = scope.typeOf(s.getExpression()).arguments();
      return subject.asValue(arguments.size() == 2 ? arguments.get(1) : TypeName.UNKNOWN);
    }
    return subject;
  }

  private Scope scope() {
    return Scope.at(declarations, unit, getCurrentPath());
  }

  /** What a condition asks; {@code negated} where it holds for good values. */
  private static List<Test> tests(ExpressionTree condition) {
    List<Test> tests = new ArrayList<>();
    collect(condition, false, tests);
    return tests;
  }

  private static void collect(ExpressionTree condition, boolean negated, List<Test> tests) {
    ExpressionTree e = Subject.bare(condition);
    if (e instanceof UnaryTree u && u.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      collect(u.getExpression(), !negated, tests);
    } else if (e instanceof BinaryTree b) {
      binary(b, negated, tests);
    } else if (e instanceof InstanceOfTree i) {
      tests.add(new Test(Situation.WRONG_TYPE, i.getExpression(), !negated));
    } else if (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      switch (s.getIdentifier().toString()) {
        case "isEmpty", "isBlank" -> empty(asked(m, s), negated, tests);
        case "isNotEmpty", "isNotBlank" -> empty(asked(m, s), !negated, tests);
        case "isPresent", "hasNext" ->
            tests.add(new Test(Situation.ABSENT, s.getExpression(), !negated));
        case "hasText", "hasLength" ->
            m.getArguments().forEach(a -> tests.add(new Test(Situation.EMPTY, a, !negated)));
        case "isNull" ->
            m.getArguments().forEach(a -> tests.add(new Test(Situation.ABSENT, a, negated)));
        case "nonNull" ->
            m.getArguments().forEach(a -> tests.add(new Test(Situation.ABSENT, a, !negated)));
        default -> {
          if (asksWhetherKnown(s.getIdentifier().toString(), m)) {
            tests.add(new Test(Situation.ABSENT, e, !negated));
          }
        }
      }
    }
  }

  private static void empty(ExpressionTree asked, boolean negated, List<Test> tests) {
    tests.add(new Test(Situation.EMPTY, asked, negated));
    tests.add(new Test(Situation.ABSENT, asked, negated));
  }

  /** The receiver; the argument of a function such as {@code StringUtils.isBlank(name)}. */
  private static ExpressionTree asked(MethodInvocationTree m, MemberSelectTree s) {
    boolean function =
        m.getArguments().size() == 1
            && s.getExpression().toString().matches("(?:[a-z]\\w*\\.)*[A-Z]\\w*[a-z]\\w*");
    return function ? m.getArguments().get(0) : s.getExpression();
  }

  /** {@code containsKey}, {@code existsById}, {@code isSupported}: a question with a key. */
  private static boolean asksWhetherKnown(String name, MethodInvocationTree m) {
    return m.getArguments().size() == 1
        && (name.equals("containsKey") || !(m.getArguments().get(0) instanceof LiteralTree))
        && name.matches("(contains|exists|has|knows|is|supports)($|[A-Z]\\w*)")
        && !name.matches("is(Before|After|Equal|InstanceOf|AssignableFrom)\\w*|contains");
  }

  private static void binary(BinaryTree b, boolean negated, List<Test> tests) {
    ExpressionTree left = b.getLeftOperand();
    ExpressionTree right = b.getRightOperand();
    switch (b.getKind()) {
      case CONDITIONAL_OR, CONDITIONAL_AND -> {
        collect(left, negated, tests);
        collect(right, negated, tests);
      }
      case EQUAL_TO, NOT_EQUAL_TO -> {
        boolean not = negated ^ (b.getKind() == Tree.Kind.NOT_EQUAL_TO);
        if (isNull(right)) {
          tests.add(new Test(Situation.ABSENT, left, not));
        } else if (isNull(left)) {
          tests.add(new Test(Situation.ABSENT, right, not));
        } else if (isZero(right)) {
          tests.add(new Test(Situation.ZERO, measured(left), not));
        } else if (right instanceof LiteralTree && SIZE.matcher(left.toString()).find()) {
          tests.add(new Test(Situation.OUT_OF_RANGE, left, !not));
        } else if (constant(right)) {
          tests.add(new Test(Situation.UNKNOWN_CASE, left, false));
        }
      }
      case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL -> {
        boolean upper = b.getKind().name().startsWith("GREATER");
        if (isZero(right)) {
          tests.add(new Test(Situation.ZERO, measured(left), negated ^ upper));
          tests.add(new Test(Situation.OUT_OF_RANGE, left, negated ^ upper));
        } else {
          tests.add(new Test(Situation.OUT_OF_RANGE, left, negated));
        }
      }
      default -> {}
    }
  }

  /** The number behind {@code signum()} and {@code compareTo(ZERO)}. */
  private static ExpressionTree measured(ExpressionTree e) {
    return Subject.bare(e) instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier().toString().matches("signum|compareTo")
        ? s.getExpression()
        : e;
  }

  private static boolean isNull(ExpressionTree e) {
    return Subject.bare(e).getKind() == Tree.Kind.NULL_LITERAL;
  }

  /** {@code Status.OPEN}: what a state is compared with. */
  private static boolean constant(ExpressionTree e) {
    return Subject.bare(e) instanceof MemberSelectTree s
        && s.getIdentifier().toString().matches("[A-Z][A-Z0-9_]*");
  }

  private static boolean isZero(ExpressionTree e) {
    return Subject.bare(e) instanceof LiteralTree l
            && l.getValue() instanceof Number n
            && n.doubleValue() == 0
        || e.toString().endsWith("BigDecimal.ZERO");
  }
}
