package dev.fettle.templates.site;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.source.java.Edits;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** A place in a typed file: an expression and what surrounds it. Confined to its file's thread. */
public final class Site {
  private final TemplateInput input;
  private final JavaFile file;
  private final Tree tree;
  private final @Nullable ExpressionTree expression;
  private final @Nullable ExpressionTree culprit;
  private final Unit unit;
  private final Scope scope;

  Site(
      TemplateInput input,
      JavaFile file,
      Tree tree,
      @Nullable ExpressionTree expression,
      @Nullable ExpressionTree culprit) {
    this.input = input;
    this.file = file;
    this.tree = tree;
    this.expression = expression;
    this.culprit = culprit;
    this.unit =
        new Unit(
            file.path(), file.text(), file.unit(), file::start, file::end, p -> typed(file, p));
    this.scope = Scope.at(input.declarations(), unit, file.path(tree));
  }

  private static Optional<String> typed(JavaFile file, TreePath path) {
    if (path.getLeaf() instanceof ExpressionTree e) {
      return file.typeOf(e).map(TypeMirror::toString);
    }
    return path.getLeaf() instanceof VariableTree
        ? file.elementOf(path.getLeaf()).map(e -> e.asType().toString())
        : Optional.empty();
  }

  static List<Site> failed(TemplateInput input) {
    FailingExpression known = input.repairCase().diagnosis().expression();
    if (known != null) {
      List<Site> exact = at(input, known);
      if (!exact.isEmpty()) {
        return exact;
      }
    }
    List<Site> byLine =
        input.frames().stream().findFirst().map(f -> onLine(input, f)).orElse(List.of());
    return byLine.isEmpty() ? at(input, input.repairCase().diagnosis().prime().place()) : byLine;
  }

  private static List<Site> at(TemplateInput input, FailingExpression known) {
    SourcePlace place = known.place();
    Optional<JavaFile> file = input.file(place.path());
    Optional<Tree> tree = file.flatMap(f -> input.find(f, place));
    if (tree.isEmpty()) {
      return List.of();
    }
    ExpressionTree culprit =
        known.culpritPlace() == null
            ? null
            : input
                .find(file.get(), known.culpritPlace())
                .filter(ExpressionTree.class::isInstance)
                .map(ExpressionTree.class::cast)
                .orElse(null);
    ExpressionTree e = tree.get() instanceof ExpressionTree x ? x : null;
    return List.of(new Site(input, file.get(), culprit != null ? culprit : tree.get(), e, culprit));
  }

  static List<Site> at(TemplateInput input, SourcePlace place) {
    Optional<JavaFile> file = input.file(place.path());
    return file.flatMap(f -> input.find(f, place))
        .map(t -> List.of(input.site(file.get(), t)))
        .orElseGet(
            () ->
                file.flatMap(
                        f ->
                            f.method(
                                place.className(),
                                place.method(),
                                place.descriptor(),
                                place.line()))
                    .map(m -> line(input, file.get(), m, place.line()))
                    .orElse(List.of()));
  }

  private static List<Site> onLine(TemplateInput input, CapturedFrame frame) {
    for (SourcePlace p :
        input.repairCase().diagnosis().suspects().stream().map(s -> s.place()).toList()) {
      Optional<JavaFile> file = input.file(p.path());
      Optional<MethodNode> method = file.flatMap(f -> f.method(frame));
      if (method.isPresent()
          && frame.className().startsWith(p.className().replaceAll("\\$.*", ""))) {
        return line(input, file.get(), method.get(), frame.line());
      }
    }
    return List.of();
  }

  private static List<Site> line(TemplateInput input, JavaFile file, MethodNode m, int line) {
    List<Site> found = file.statementsAt(m, line).stream().map(s -> input.site(file, s)).toList();
    return found.isEmpty() ? List.of(input.site(file, m.tree())) : found;
  }

  public TemplateInput input() {
    return input;
  }

  public JavaFile file() {
    return file;
  }

  public Scope scope() {
    return scope;
  }

  /** The expression that failed, where diagnosis could say. */
  public Optional<ExpressionTree> expression() {
    return Optional.ofNullable(expression);
  }

  /** The part that had the bad value, where diagnosis could say. */
  public Optional<ExpressionTree> culprit() {
    return Optional.ofNullable(culprit);
  }

  /** The failing expression and what is in it; all of the statement when that is all we know. */
  public List<ExpressionTree> expressions() {
    return new Finder(file).expressions(expression != null ? expression : tree);
  }

  /** The same place, looking at another expression in the same file. */
  public Site on(ExpressionTree other) {
    return new Site(input, file, other, expression == null ? other : expression, other);
  }

  public String source(Tree t) {
    return file.source(t);
  }

  public Edits edits() {
    return Edits.in(file);
  }

  public TypeName typeOf(Tree t) {
    return scope.typeOf(t);
  }

  public TreePath path(Tree t) {
    return file.path(t);
  }

  /** The tree around another, parentheses skipped. */
  public Tree parent(Tree t) {
    TreePath p = file.path(t).getParentPath();
    while (p.getLeaf() instanceof com.sun.source.tree.ParenthesizedTree) {
      p = p.getParentPath();
    }
    return p.getLeaf();
  }

  /** The statement around the place; empty in an expression lambda and in field initializers. */
  public Optional<StatementTree> statement() {
    return statement(tree);
  }

  /** The innermost statement around {@code t} that runs with it. */
  public Optional<StatementTree> statement(Tree t) {
    for (TreePath p = file.path(t); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof LambdaExpressionTree || leaf instanceof MethodTree) {
        return Optional.empty();
      }
      if (leaf instanceof StatementTree s && !(leaf instanceof ClassTree)) {
        Tree parent = p.getParentPath().getLeaf();
        boolean header =
            parent instanceof com.sun.source.tree.TryTree && !(leaf instanceof BlockTree)
                || parent instanceof ForLoopTree f && f.getStatement() != leaf
                || parent instanceof EnhancedForLoopTree e && e.getStatement() != leaf
                || parent instanceof ClassTree;
        if (!header) {
          return Optional.of(s);
        }
        if (parent instanceof ClassTree) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the statement's header runs again and again, so that a guard before it runs too early.
   */
  public boolean repeated(Tree t) {
    Tree child = t;
    for (TreePath p = file.path(t).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof WhileLoopTree w && w.getCondition() == child
          || leaf instanceof DoWhileLoopTree d && d.getCondition() == child
          || leaf instanceof ForLoopTree f
              && (f.getCondition() == child || f.getUpdate().contains(child))) {
        return true;
      }
      if (leaf instanceof BlockTree) {
        return false;
      }
      child = leaf;
    }
    return false;
  }

  /** Whether the expression runs only for some values: behind {@code &&}, {@code ?:} or a case. */
  public boolean conditional(Tree t) {
    Tree child = t;
    for (TreePath p = file.path(t).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof BinaryTree b
              && (b.getKind() == Tree.Kind.CONDITIONAL_AND
                  || b.getKind() == Tree.Kind.CONDITIONAL_OR)
              && b.getRightOperand() == child
          || leaf instanceof ConditionalExpressionTree c && c.getCondition() != child
          || leaf instanceof CaseTree
              && p.getParentPath().getLeaf() instanceof SwitchExpressionTree) {
        return true;
      }
      if (leaf instanceof StatementTree) {
        return false;
      }
      child = leaf;
    }
    return false;
  }

  /** The innermost loop around the place in the same method or lambda. */
  public Optional<Tree> loop() {
    return loop(tree);
  }

  private Optional<Tree> loop(Tree t) {
    Tree child = t;
    for (TreePath p = file.path(t).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof MethodTree || leaf instanceof LambdaExpressionTree) {
        return Optional.empty();
      }
      if (leaf instanceof EnhancedForLoopTree e && e.getStatement() == child
          || leaf instanceof ForLoopTree f && f.getStatement() == child
          || leaf instanceof WhileLoopTree w && w.getStatement() == child
          || leaf instanceof DoWhileLoopTree d && d.getStatement() == child) {
        return Optional.of(leaf);
      }
      child = leaf;
    }
    return Optional.empty();
  }

  /** What {@code return} must give here. */
  public TypeName returns() {
    for (TreePath p = file.path(tree); p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof LambdaExpressionTree) {
        return TypeName.UNKNOWN;
      }
      if (p.getLeaf() instanceof MethodTree m) {
        return m.getReturnType() == null
            ? TypeName.of("void")
            : TypeName.parse(m.getReturnType().toString());
      }
      if (p.getLeaf() instanceof ClassTree) {
        return TypeName.UNKNOWN;
      }
    }
    return TypeName.UNKNOWN;
  }

  /** The method around; empty in lambdas and initializers. */
  public Optional<MethodTree> method() {
    return Optional.ofNullable(scope.method());
  }

  /** Statements of the method around, in source order. */
  public List<StatementTree> statements() {
    List<StatementTree> all = new ArrayList<>();
    MethodTree m = scope.method();
    if (m != null && m.getBody() != null) {
      new com.sun.source.util.TreeScanner<Void, Void>() {
        @Override
        public Void scan(@Nullable Tree t, Void none) {
          if (t instanceof StatementTree s && !(t instanceof BlockTree) && file.written(t)) {
            all.add(s);
          }
          return super.scan(t, none);
        }
      }.scan(m.getBody(), null);
    }
    return all;
  }
}
