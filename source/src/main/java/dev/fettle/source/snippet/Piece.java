package dev.fettle.source.snippet;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands in one tree, counted. Confined to the thread of the tree. */
final class Piece extends TreeScanner<@Nullable Void, @Nullable Void> {
  private static final Set<String> CONVERSIONS =
      Set.of(
          "valueOf",
          "toString",
          "parseInt",
          "parseLong",
          "parseDouble",
          "parseFloat",
          "parseShort",
          "parseByte",
          "parseBoolean",
          "intValue",
          "longValue",
          "doubleValue",
          "floatValue",
          "shortValue",
          "byteValue",
          "toCharArray",
          "toArray",
          "asList",
          "copyOf",
          "booleanValue",
          "charValue");

  /** A call: what it is called on, or empty, and its name. */
  record Call(String receiver, String name) {}

  /** An assignment: its target, its value, whether it depends on a condition. */
  record Assignment(String target, ExpressionTree value, boolean conditional, boolean declares) {}

  final List<Call> calls = new ArrayList<>();
  final List<Call> conversions = new ArrayList<>();
  final List<Assignment> assignments = new ArrayList<>();
  final List<String> operators = new ArrayList<>();
  final List<String> literals = new ArrayList<>();
  final List<String> identifiers = new ArrayList<>();
  final List<String> indexings = new ArrayList<>();
  final Set<String> libraries = new TreeSet<>();
  int conditions;
  int returns;
  int definitions;
  private int conditional;

  static Piece of(Iterable<? extends Tree> trees) {
    Piece piece = new Piece();
    piece.scan(trees, null);
    return piece;
  }

  static Piece of(Tree tree) {
    return of(List.of(tree));
  }

  /** Whether its value is what another value is turned into. */
  static boolean isConversion(Tree tree) {
    if (tree instanceof TypeCastTree) {
      return true;
    }
    if (tree instanceof NewClassTree made) {
      return made.getArguments().size() == 1
          && !(made.getArguments().get(0) instanceof LiteralTree);
    }
    return tree instanceof MethodInvocationTree call && CONVERSIONS.contains(name(call));
  }

  private static String name(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? select.getIdentifier().toString()
        : call.getMethodSelect().toString();
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    String receiver =
        tree.getMethodSelect() instanceof MemberSelectTree select
            ? select.getExpression().toString()
            : "";
    Call call = new Call(receiver, name(tree));
    (isConversion(tree) ? conversions : calls).add(call);
    // the name of a method is no use of a variable
    if (tree.getMethodSelect() instanceof MemberSelectTree select) {
      scan(select.getExpression(), null);
    }
    return scan(tree.getArguments(), null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
    if (isConversion(tree)) {
      conversions.add(new Call("", "new " + tree.getIdentifier()));
    }
    definitions += tree.getClassBody() == null ? 0 : 1;
    return super.visitNewClass(tree, unused);
  }

  @Override
  public @Nullable Void visitTypeCast(TypeCastTree tree, @Nullable Void unused) {
    conversions.add(new Call("", "(" + tree.getType() + ")"));
    return super.visitTypeCast(tree, unused);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
    assigned(tree.getVariable().toString(), tree.getExpression(), false);
    return super.visitAssignment(tree, unused);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(
      CompoundAssignmentTree tree, @Nullable Void unused) {
    operators.add(tree.getKind().name());
    assigned(tree.getVariable().toString(), tree.getExpression(), false);
    return super.visitCompoundAssignment(tree, unused);
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    if (tree.getInitializer() != null) {
      assigned(tree.getName().toString(), tree.getInitializer(), true);
    }
    return super.visitVariable(tree, unused);
  }

  private void assigned(String target, ExpressionTree value, boolean declares) {
    boolean depends = conditional > 0 || strip(value) instanceof ConditionalExpressionTree;
    assignments.add(new Assignment(target, value, depends, declares));
  }

  private static Tree strip(Tree tree) {
    Tree at = tree;
    while (at instanceof com.sun.source.tree.ParenthesizedTree parenthesized) {
      at = parenthesized.getExpression();
    }
    return at;
  }

  @Override
  public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
    operators.add(tree.getKind().name());
    return super.visitUnary(tree, unused);
  }

  @Override
  public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void unused) {
    operators.add(tree.getKind().name());
    return super.visitBinary(tree, unused);
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
    literals.add(tree.toString());
    return super.visitLiteral(tree, unused);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
    String name = tree.getName().toString();
    if (!name.isEmpty() && Character.isLowerCase(name.charAt(0))) {
      identifiers.add(name);
    }
    return super.visitIdentifier(tree, unused);
  }

  /** {@code java.util.List}: a package, then a class. Its parts are no variables. */
  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
    String text = tree.toString();
    if (text.matches("([a-z_][a-z0-9_]*\\.)+[A-Z]\\w*(\\.[A-Z]\\w*)*")) {
      if (!text.startsWith("java.lang.")) {
        libraries.add(text);
      }
      return null;
    }
    return super.visitMemberSelect(tree, unused);
  }

  @Override
  public @Nullable Void visitArrayAccess(ArrayAccessTree tree, @Nullable Void unused) {
    indexings.add(tree.getExpression().toString());
    return super.visitArrayAccess(tree, unused);
  }

  @Override
  public @Nullable Void visitIf(IfTree tree, @Nullable Void unused) {
    conditions++;
    scan(tree.getCondition(), null);
    conditional++;
    scan(tree.getThenStatement(), null);
    scan(tree.getElseStatement(), null);
    conditional--;
    return null;
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
    conditions++;
    conditional++;
    super.visitSwitch(tree, unused);
    conditional--;
    return null;
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    conditional++;
    super.visitTry(tree, unused);
    conditional--;
    return null;
  }

  @Override
  public @Nullable Void visitConditionalExpression(
      ConditionalExpressionTree tree, @Nullable Void unused) {
    conditions++;
    return super.visitConditionalExpression(tree, unused);
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
    returns++;
    return super.visitReturn(tree, unused);
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    definitions++;
    return super.visitClass(tree, unused);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    definitions++;
    return super.visitLambdaExpression(tree, unused);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
    definitions++;
    return super.visitMemberReference(tree, unused);
  }
}
