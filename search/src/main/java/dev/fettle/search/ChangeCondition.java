package dev.fettle.search;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import org.jspecify.annotations.Nullable;

/** Adds a condition to a condition, before it or after it. */
final class ChangeCondition implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("condition.and"), prior.cost("condition.or"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    ExpressionTree condition = condition(site.tree());
    if (condition == null || site.file().start(condition) < 0) {
      return;
    }
    String text = site.text(condition);
    Tree.Kind kind = condition.getKind();
    String forAnd = closed(text, condition, Tree.Kind.CONDITIONAL_OR);
    String forOr = closed(text, condition, null);
    boolean loop = !(site.tree() instanceof IfTree);
    for (Predicates.Predicate p : Predicates.at(site)) {
      if (text.contains(p.text())) {
        continue;
      }
      draft.replace("condition.and", p.extra(), condition, p.text() + " && " + forAnd);
      draft.replace("condition.and", p.extra() + 0.2, condition, forAnd + " && " + p.text());
      if (!loop) {
        draft.replace("condition.or", p.extra() + 0.1, condition, p.text() + " || " + forOr);
        draft.replace("condition.or", p.extra(), condition, forOr + " || " + p.text());
      }
      if (kind != Tree.Kind.CONDITIONAL_AND && kind != Tree.Kind.CONDITIONAL_OR) {
        draft.replace("condition.replace", p.extra() + 0.3, condition, p.text());
      }
    }
    if (!(condition instanceof BinaryTree b)
        || (b.getKind() != Tree.Kind.CONDITIONAL_AND && b.getKind() != Tree.Kind.CONDITIONAL_OR)) {
      return;
    }
    String operator = kind == Tree.Kind.CONDITIONAL_AND ? " && " : " || ";
    draft.replace(
        "condition.order",
        0,
        condition,
        site.text(b.getRightOperand()) + operator + site.text(b.getLeftOperand()));
  }

  static String closed(String text, ExpressionTree condition, Tree.@Nullable Kind weaker) {
    boolean ternary = condition instanceof ConditionalExpressionTree;
    return ternary || condition.getKind() == weaker ? "(" + text + ")" : text;
  }

  /** The condition that a statement or expression asks; null when it asks none. */
  static @Nullable ExpressionTree condition(Tree tree) {
    ExpressionTree found = null;
    if (tree instanceof IfTree i) {
      found = i.getCondition();
    } else if (tree instanceof WhileLoopTree w) {
      found = w.getCondition();
    } else if (tree instanceof DoWhileLoopTree d) {
      found = d.getCondition();
    } else if (tree instanceof ForLoopTree f) {
      found = f.getCondition();
    } else if (tree instanceof ConditionalExpressionTree c) {
      found = c.getCondition();
    } else if (tree instanceof ReturnTree r
        && r.getExpression() instanceof BinaryTree b
        && isBoolean(b)) {
      found = b;
    }
    return found instanceof ParenthesizedTree p ? p.getExpression() : found;
  }

  private static boolean isBoolean(BinaryTree b) {
    return switch (b.getKind()) {
      case CONDITIONAL_AND,
          CONDITIONAL_OR,
          LESS_THAN,
          LESS_THAN_EQUAL,
          GREATER_THAN,
          GREATER_THAN_EQUAL,
          EQUAL_TO,
          NOT_EQUAL_TO ->
          true;
      default -> false;
    };
  }
}
