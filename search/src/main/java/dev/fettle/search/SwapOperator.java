package dev.fettle.search;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.type.TypeKind;

/** One operator for another: relational, arithmetic, logical, bit, compound, unary, {@code =}. */
final class SwapOperator implements Family {
  private static final List<String> RELATIONAL = List.of("<", "<=", ">", ">=", "==", "!=");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%");
  private static final List<String> BITS = List.of("&", "|", "^", "<<", ">>", ">>>");
  private static final Map<String, String> BOUNDARY =
      Map.of("<", "<=", "<=", "<", ">", ">=", ">=", ">");
  private static final Map<String, String> MIRRORED =
      Map.of("<", ">", ">", "<", "<=", ">=", ">=", "<=");
  private static final Map<String, String> NEGATED =
      Map.of("<", ">=", ">", "<=", "<=", ">", ">=", "<", "==", "!=", "!=", "==");
  private static final Set<String> COMPARING = Set.of("==", "!=");

  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("relational.boundary"), prior.cost("relational.mirror"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof BinaryTree b) {
      binary(site, b, draft);
    } else if (site.tree() instanceof CompoundAssignmentTree c) {
      compound(site, c, draft);
    } else if (site.tree() instanceof UnaryTree u) {
      unary(site, u, draft);
    } else if (site.tree() instanceof AssignmentTree a) {
      assignment(site, a, draft);
    }
  }

  private static void binary(Site site, BinaryTree b, Draft draft) {
    int from = site.file().end(b.getLeftOperand());
    int to = site.file().start(b.getRightOperand());
    String operator = operatorBetween(site, from, to);
    if (operator.isEmpty()) {
      return;
    }
    int at = site.unit().text().indexOf(operator, from);
    int end = at + operator.length();
    if (RELATIONAL.contains(operator)) {
      boolean ordered = numeric(site, b.getLeftOperand()) && numeric(site, b.getRightOperand());
      for (String other : RELATIONAL) {
        if (!other.equals(operator) && (ordered || COMPARING.contains(other))) {
          draft.span(relational(operator, other), 0, at, end, other);
        }
      }
    } else if (ARITHMETIC.contains(operator)) {
      for (String other : ARITHMETIC) {
        if (!other.equals(operator)
            && numeric(site, b.getLeftOperand())
            && numeric(site, b.getRightOperand())) {
          draft.span(arithmetic(operator, other), 0, at, end, other);
        }
      }
      if (Set.of("+", "*").contains(operator)) {
        for (String other : BITS) {
          draft.span("bitwise.forArithmetic", 0, at, end, other);
        }
      }
    } else if (BITS.contains(operator)) {
      for (String other : BITS) {
        if (!other.equals(operator)) {
          draft.span("bitwise", 0, at, end, other);
        }
      }
      if (operator.equals("&") || operator.equals("|")) {
        draft.span("logical", 0, at, end, operator.repeat(2));
      }
      if (Set.of("^", "<<", ">>").contains(operator)) {
        for (String other : ARITHMETIC) {
          draft.span("arithmetic.forBits", 0.5, at, end, other);
        }
      }
    } else if (operator.equals("&&")) {
      draft.span("logical", 0, at, end, "||");
    } else if (operator.equals("||")) {
      draft.span("logical", 0, at, end, "&&");
    }
    if (Set.of("-", "/", "%", "<<", ">>").contains(operator)) {
      swapped(site, b, draft);
    }
    if (operator.equals("+") && !numeric(site, b)) {
      swapped(site, b, draft);
    }
    parentheses(site, b, operator, draft);
  }

  private static void swapped(Site site, BinaryTree b, Draft draft) {
    String left = site.text(b.getLeftOperand());
    String right = site.text(b.getRightOperand());
    int from = site.file().end(b.getLeftOperand());
    int to = site.file().start(b.getRightOperand());
    String middle = site.unit().text().substring(from, to);
    String newRight = b.getLeftOperand() instanceof BinaryTree ? "(" + left + ")" : left;
    draft.replace("operands.swap", 0, right + middle + newRight);
  }

  /** {@code a + b * c} and {@code (a + b) * c}: the grouping is a frequent slip. */
  private static void parentheses(Site site, BinaryTree b, String operator, Draft draft) {
    ExpressionTree left = b.getLeftOperand();
    ExpressionTree right = b.getRightOperand();
    String text = site.unit().text();
    int start = site.start();
    int end = site.end();
    if (left instanceof BinaryTree l && !operator.isEmpty()) {
      int middle = site.file().start(l.getRightOperand());
      draft.span(
          "parentheses",
          0,
          start,
          end,
          text.substring(start, middle) + "(" + text.substring(middle, end) + ")");
    }
    if (right instanceof BinaryTree r) {
      int middle = site.file().end(r.getLeftOperand());
      draft.span(
          "parentheses",
          0,
          start,
          end,
          "(" + text.substring(start, middle) + ")" + text.substring(middle, end));
    }
    if (left instanceof ParenthesizedTree p && p.getExpression() instanceof BinaryTree) {
      draft.replace("parentheses", 0, left, site.text(p.getExpression()));
    }
    if (right instanceof ParenthesizedTree p && p.getExpression() instanceof BinaryTree) {
      draft.replace("parentheses", 0, right, site.text(p.getExpression()));
    }
  }

  private static String relational(String from, String to) {
    if (to.equals(BOUNDARY.get(from))) {
      return "relational.boundary";
    } else if (to.equals(MIRRORED.get(from))) {
      return "relational.mirror";
    } else if (to.equals(NEGATED.get(from))) {
      return COMPARING.contains(from) ? "relational.equality" : "relational.negate";
    } else if (to.equals("!=")) {
      return "relational.toNotEqual";
    } else if (to.equals("==")) {
      return "relational.toEqual";
    }
    return from.equals("!=") || from.equals("==") ? "relational.fromEquality" : "relational.other";
  }

  private static String arithmetic(String from, String to) {
    Set<String> pair = Set.of(from, to);
    if (pair.equals(Set.of("+", "-"))) {
      return "arithmetic.sign";
    }
    return pair.equals(Set.of("*", "/")) || pair.equals(Set.of("/", "%"))
        ? "arithmetic.division"
        : "arithmetic.other";
  }

  private static void compound(Site site, CompoundAssignmentTree c, Draft draft) {
    int from = site.file().end(c.getVariable());
    int to = site.file().start(c.getExpression());
    String between = site.unit().text().substring(from, to);
    int equals = between.indexOf('=');
    String operator = equals < 0 ? "" : between.substring(0, equals).strip();
    if (operator.isEmpty()) {
      return;
    }
    int at = from + between.indexOf(operator);
    int end = from + equals;
    List<String> others = ARITHMETIC.contains(operator) ? ARITHMETIC : BITS;
    for (String other : others) {
      if (!other.equals(operator)) {
        draft.span(
            Set.of(other, operator).equals(Set.of("+", "-")) ? "compound.sign" : "compound",
            0,
            at,
            end,
            other);
      }
    }
    draft.span("compound.drop", 0, at, end, "");
  }

  private static void unary(Site site, UnaryTree u, Draft draft) {
    String inner = site.text(u.getExpression());
    switch (u.getKind()) {
      case POSTFIX_INCREMENT -> {
        draft.replace("increment.flip", 0, inner + "--");
        draft.replace("increment.fix", 0, "++" + inner);
        draft.replace("increment.step", 0, inner + " += 2");
      }
      case POSTFIX_DECREMENT -> {
        draft.replace("increment.flip", 0, inner + "++");
        draft.replace("increment.fix", 0, "--" + inner);
      }
      case PREFIX_INCREMENT -> {
        draft.replace("increment.flip", 0, "--" + inner);
        draft.replace("increment.fix", 0, inner + "++");
      }
      case PREFIX_DECREMENT -> {
        draft.replace("increment.flip", 0, "++" + inner);
        draft.replace("increment.fix", 0, inner + "--");
      }
      case UNARY_MINUS, LOGICAL_COMPLEMENT, BITWISE_COMPLEMENT ->
          draft.replace("unary.drop", 0, inner);
      default -> {
        return;
      }
    }
    boolean counts = u.getKind().toString().contains("CREMENT");
    if (counts && !(site.parent().getKind() == Tree.Kind.EXPRESSION_STATEMENT)) {
      draft.replace("increment.drop", 0, inner);
      draft.replace("increment.toSum", 0.5, inner + " + 1");
      draft.replace("increment.toSum", 0.5, inner + " - 1");
    }
  }

  private static void assignment(Site site, AssignmentTree a, Draft draft) {
    int from = site.file().end(a.getVariable());
    int to = site.file().start(a.getExpression());
    int at = site.unit().text().indexOf('=', from);
    if (at < 0 || at >= to) {
      return;
    }
    if (site.parent().getKind() != Tree.Kind.EXPRESSION_STATEMENT) {
      draft.span("assignment.toEquals", 0, at, at + 1, "==");
    } else if (numeric(site, a.getVariable())) {
      for (String operator : ARITHMETIC.subList(0, 3)) {
        draft.span("assignment.toCompound", 0, at, at + 1, operator + "=");
      }
      draft.span("assignment.toCompound", 0.7, at, at + 1, "|=");
      draft.span("assignment.toCompound", 0.7, at, at + 1, "^=");
      String variable = site.text(a.getVariable());
      String value = site.text(a.getExpression());
      if (!value.contains(variable)) {
        draft.replace(
            "assignment.extreme", 0, variable + " = Math.max(" + variable + ", " + value + ")");
        draft.replace(
            "assignment.extreme", 0, variable + " = Math.min(" + variable + ", " + value + ")");
      }
    } else if (site.file()
        .typeOf(a.getVariable())
        .filter(t -> t.getKind() == TypeKind.BOOLEAN)
        .isPresent()) {
      draft.span("assignment.toCompound", 0.3, at, at + 1, "|=");
      draft.span("assignment.toCompound", 0.3, at, at + 1, "&=");
    }
    String variable = site.text(a.getVariable());
    String value = site.text(a.getExpression());
    draft.replace("assignment.swap", 0, value + " = " + variable);
  }

  private static String operatorBetween(Site site, int from, int to) {
    if (from < 0 || to < from) {
      return "";
    }
    String between = site.unit().text().substring(from, to);
    String bare = between.replaceAll("//[^\n]*", "").replaceAll("(?s)/\\*.*?\\*/", "");
    String found = bare.replaceAll("[\\s()]", "");
    return between.contains(found) ? found : "";
  }

  static boolean numeric(Site site, ExpressionTree e) {
    return site.file()
        .typeOf(e)
        .map(
            t -> {
              TypeKind kind = t.getKind() == TypeKind.DECLARED ? unboxed(site, t) : t.getKind();
              return kind.isPrimitive() && kind != TypeKind.BOOLEAN;
            })
        .orElse(false);
  }

  private static TypeKind unboxed(Site site, javax.lang.model.type.TypeMirror type) {
    try {
      return site.file().types().unboxedType(type).getKind();
    } catch (IllegalArgumentException e) {
      return TypeKind.DECLARED;
    }
  }
}
