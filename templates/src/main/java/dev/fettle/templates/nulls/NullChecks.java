package dev.fettle.templates.nulls;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.templates.site.Site;
import java.util.regex.Pattern;

/**
 * Whether the code before a place already deals with a null; then a guard there changes nothing.
 */
record NullChecks(Site site) {

  boolean covers(ExpressionTree value) {
    String text = site.source(value);
    Pattern isNull = condition(text, "==", "isNull");
    Pattern nonNull = condition(text, "!=", "nonNull");
    Tree child = value;
    for (TreePath p = site.path(value).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof ConditionalExpressionTree c) {
        if (c.getTrueExpression() == child && finds(nonNull, c.getCondition())
            || c.getFalseExpression() == child && finds(isNull, c.getCondition())) {
          return true;
        }
      } else if (leaf instanceof BinaryTree b && b.getRightOperand() == child) {
        if (b.getKind() == Tree.Kind.CONDITIONAL_AND && finds(nonNull, b.getLeftOperand())
            || b.getKind() == Tree.Kind.CONDITIONAL_OR && finds(isNull, b.getLeftOperand())) {
          return true;
        }
      } else if (leaf instanceof IfTree i && i.getThenStatement() == child) {
        if (finds(nonNull, i.getCondition()) && !site.source(i.getCondition()).contains("||")) {
          return true;
        }
      } else if (leaf instanceof IfTree i && i.getElseStatement() == child) {
        if (finds(isNull, i.getCondition())) {
          return true;
        }
      } else if (leaf instanceof BlockTree b && leftBefore(b, child, isNull)) {
        return true;
      } else if (leaf instanceof com.sun.source.tree.MethodTree) {
        return false;
      }
      child = leaf;
    }
    return false;
  }

  /** An earlier {@code if (x == null)} that leaves or repairs. */
  private boolean leftBefore(BlockTree block, Tree child, Pattern isNull) {
    for (StatementTree s : block.getStatements()) {
      if (s == child) {
        return false;
      }
      if (s instanceof IfTree i
          && finds(isNull, i.getCondition())
          && site.source(i.getThenStatement())
              .matches("(?s).*\\b(throw|return|continue|break)\\b.*|(?s).*=.*")) {
        return true;
      }
    }
    return false;
  }

  private boolean finds(Pattern pattern, Tree condition) {
    return pattern.matcher(site.source(condition)).find();
  }

  private static Pattern condition(String text, String operator, String method) {
    String q = Pattern.quote(text);
    return Pattern.compile(
        "(?<![\\w.])"
            + q
            + "\\s*"
            + operator
            + "\\s*null|null\\s*"
            + operator
            + "\\s*"
            + q
            + "(?![\\w.(])|"
            + method
            + "\\("
            + q
            + "\\)");
  }
}
