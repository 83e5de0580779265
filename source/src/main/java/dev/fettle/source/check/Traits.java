package dev.fettle.source.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/**
 * What a file does that a patch should not change unnoticed, counted by kind: names used, failures
 * caught, checks made, declarations, literals compared with and returned, conditions that are
 * always the same. Read from syntax alone. Confined to one thread while it is made.
 */
final class Traits {
  private static final Pattern CHECK =
      Pattern.compile(
          "(?i)(is)?(authori[sz]|authenticat|permi|sanitiz|escape|validat|verif|csrf|check|require"
              + "|ensure|assert|hasrole|hasauthority|hasaccess).*");

  private static final Pattern QUALIFIED =
      Pattern.compile("(?:[a-z][a-z0-9_]*\\.){2,20}+(?<name>[A-Z][\\w$]*(\\.[\\w$*]+)*+)");

  final Map<String, Integer> names = new HashMap<>();
  final Map<String, Integer> caught = new HashMap<>();
  final Map<String, Integer> checks = new HashMap<>();
  final Map<String, String> declared = new HashMap<>();
  final Map<String, Integer> compared = new HashMap<>();
  final Map<String, Integer> returned = new HashMap<>();
  final Map<String, Integer> literals = new HashMap<>();
  final Map<String, Integer> constantConditions = new HashMap<>();

  /** Methods whose whole body returns a literal. */
  final Map<String, Integer> constantMethods = new HashMap<>();

  int emptyCatches;
  int returnsInFinally;
  int staticInitializers;
  int throwing;

  private Traits() {}

  static Traits of(JavaFile file) {
    Traits traits = new Traits();
    new Scan(file, traits).scan(file.unit(), null);
    return traits;
  }

  /** How often more than before. */
  static int more(Map<String, Integer> after, Map<String, Integer> before, String key) {
    return after.getOrDefault(key, 0) - before.getOrDefault(key, 0);
  }

  private static void count(Map<String, Integer> map, String key) {
    map.merge(key, 1, Integer::sum);
  }

  /** The walk; collects into the traits. */
  private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaFile file;
    private final Traits to;
    private final Deque<String> around = new ArrayDeque<>();

    Scan(JavaFile file, Traits to) {
      this.file = file;
      this.to = to;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void p) {
      String name = String.join(".", around) + "." + type.getSimpleName();
      if (!type.getSimpleName().isEmpty()) {
        String permits = type.getExtendsClause() + " " + type.getImplementsClause();
        to.declared.put("type " + name, modifiers(type.getModifiers()) + permits);
      }
      around.addLast(type.getSimpleName().toString());
      for (Tree member : type.getMembers()) {
        if (member instanceof BlockTree block && block.isStatic()) {
          to.staticInitializers++;
        }
        if (member instanceof VariableTree field && !type.getSimpleName().isEmpty()) {
          to.declared.put(
              "field " + name + "." + field.getName(),
              modifiers(field.getModifiers()) + " " + field.getType());
        }
      }
      super.visitClass(type, p);
      around.removeLast();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void p) {
      StringBuilder parameters = new StringBuilder();
      method.getParameters().forEach(v -> parameters.append(v.getType()).append(','));
      String key = String.join(".", around) + "." + method.getName() + "(" + parameters + ")";
      to.declared.put(
          "method " + key,
          modifiers(method.getModifiers())
              + " "
              + method.getReturnType()
              + " throws "
              + method.getThrows());
      if (method.getBody() != null
          && method.getBody().getStatements().size() == 1
          && method.getBody().getStatements().get(0) instanceof ReturnTree only
          && only.getExpression() != null
          && plain(only.getExpression()) instanceof LiteralTree) {
        count(to.constantMethods, key);
      }
      return super.visitMethod(method, p);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void p) {
      String type = annotation.getAnnotationType().toString();
      count(to.names, "@" + type);
      if (type.indexOf('.') > 0) {
        count(to.names, "@" + type.substring(type.lastIndexOf('.') + 1));
      }
      return super.visitAnnotation(annotation, p);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree identifier, @Nullable Void p) {
      count(to.names, identifier.getName().toString());
      return super.visitIdentifier(identifier, p);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void p) {
      named(select.toString(), select.getIdentifier());
      return super.visitMemberSelect(select, p);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void p) {
      named(reference.getQualifierExpression() + "." + reference.getName(), reference.getName());
      return super.visitMemberReference(reference, p);
    }

    /** As it is written, and without the package: {@code java.lang.System.exit} is System.exit. */
    private void named(String written, Name last) {
      String whole = written.replaceAll("\\s", "");
      if (whole.length() < 120) {
        count(to.names, whole);
      }
      Matcher qualified = QUALIFIED.matcher(whole);
      if (qualified.matches()) {
        count(to.names, qualified.group("name"));
      }
      count(to.names, "." + last);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void p) {
      ExpressionTree select = call.getMethodSelect();
      String name =
          select instanceof MemberSelectTree m
              ? m.getIdentifier().toString()
              : select instanceof IdentifierTree i ? i.getName().toString() : "";
      if (CHECK.matcher(name).matches()) {
        count(to.checks, name);
      }
      if (name.matches("equals|equalsIgnoreCase|startsWith|endsWith|contains|contentEquals")) {
        call.getArguments().forEach(a -> comparedWith(a));
        if (select instanceof MemberSelectTree m) {
          comparedWith(m.getExpression());
        }
      }
      return super.visitMethodInvocation(call, p);
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree thrown, @Nullable Void p) {
      to.throwing++;
      return super.visitThrow(thrown, p);
    }

    @Override
    public @Nullable Void visitAssert(AssertTree assertion, @Nullable Void p) {
      count(to.checks, "assert");
      return super.visitAssert(assertion, p);
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void p) {
      if (tree.getFinallyBlock() != null) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitReturn(ReturnTree r, @Nullable Void q) {
            to.returnsInFinally++;
            return null;
          }
        }.scan(tree.getFinallyBlock(), null);
      }
      return super.visitTry(tree, p);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree clause, @Nullable Void p) {
      Tree type = clause.getParameter().getType();
      if (type instanceof UnionTypeTree union) {
        union.getTypeAlternatives().forEach(t -> count(to.caught, simple(t)));
      } else {
        count(to.caught, simple(type));
      }
      if (clause.getBlock().getStatements().stream().allMatch(Scan::isNothing)) {
        to.emptyCatches++;
      }
      return super.visitCatch(clause, p);
    }

    private static boolean isNothing(StatementTree statement) {
      return statement instanceof EmptyStatementTree;
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void p) {
      if (tree.getExpression() != null) {
        String literal = literal(tree.getExpression());
        if (literal != null) {
          count(to.returned, literal);
        }
      }
      return super.visitReturn(tree, p);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void p) {
      count(to.literals, file.source(literal));
      return super.visitLiteral(literal, p);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void p) {
      ExpressionTree left = plain(binary.getLeftOperand());
      ExpressionTree right = plain(binary.getRightOperand());
      switch (binary.getKind()) {
        case EQUAL_TO, NOT_EQUAL_TO -> {
          comparedWith(left);
          comparedWith(right);
          sameOnBothSides(binary, left, right);
        }
        case LESS_THAN, GREATER_THAN, LESS_THAN_EQUAL, GREATER_THAN_EQUAL ->
            sameOnBothSides(binary, left, right);
        case CONDITIONAL_AND, CONDITIONAL_OR -> {
          constant(left);
          constant(right);
        }
        default -> {}
      }
      return super.visitBinary(binary, p);
    }

    private void sameOnBothSides(BinaryTree binary, ExpressionTree left, ExpressionTree right) {
      boolean literals = left instanceof LiteralTree && right instanceof LiteralTree;
      if (literals || left.toString().equals(right.toString())) {
        count(to.constantConditions, binary.toString());
      }
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, @Nullable Void p) {
      constant(tree.getCondition());
      return super.visitIf(tree, p);
    }

    @Override
    public @Nullable Void visitConditionalExpression(
        ConditionalExpressionTree tree, @Nullable Void p) {
      constant(tree.getCondition());
      return super.visitConditionalExpression(tree, p);
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void p) {
      if ("false".equals(literal(tree.getCondition()))) {
        constant(tree.getCondition());
      }
      return super.visitWhileLoop(tree, p);
    }

    @Override
    public @Nullable Void visitCase(CaseTree tree, @Nullable Void p) {
      tree.getExpressions().forEach(this::comparedWith);
      return super.visitCase(tree, p);
    }

    private void constant(ExpressionTree condition) {
      String literal = literal(condition);
      if (literal != null && (literal.equals("true") || literal.equals("false"))) {
        count(to.constantConditions, literal);
      }
    }

    private void comparedWith(ExpressionTree operand) {
      String literal = literal(operand);
      if (literal != null) {
        count(to.compared, literal);
      }
    }

    private @Nullable String literal(ExpressionTree expression) {
      ExpressionTree inner = plain(expression);
      boolean negative = inner.getKind() == Tree.Kind.UNARY_MINUS;
      return inner instanceof LiteralTree || negative ? file.source(inner) : null;
    }

    private static ExpressionTree plain(ExpressionTree expression) {
      ExpressionTree inner = expression;
      while (inner instanceof ParenthesizedTree parentheses) {
        inner = parentheses.getExpression();
      }
      return inner;
    }

    private static String simple(Tree type) {
      String name = type.toString();
      return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String modifiers(com.sun.source.tree.ModifiersTree modifiers) {
      return modifiers.getFlags() + " " + modifiers.getAnnotations();
    }
  }
}
