package dev.fettle.templates.site;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;

/**
 * Whether a condition is asked already on the way to a place; then asking again changes nothing.
 */
record Asked(Site site) {

  boolean before(Tree place, String condition) {
    String wanted = bare(condition);
    Tree child = place;
    for (TreePath p = site.path(place).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof ConditionalExpressionTree c
              && c.getCondition() != child
              && asks(c.getCondition(), wanted)
          || leaf instanceof IfTree i && i.getCondition() != child && asks(i.getCondition(), wanted)
          || leaf instanceof BinaryTree b
              && b.getRightOperand() == child
              && asks(b.getLeftOperand(), wanted)
          || leaf instanceof BlockTree block && left(block, child, wanted)) {
        return true;
      }
      if (leaf instanceof MethodTree) {
        return false;
      }
      child = leaf;
    }
    return false;
  }

  private boolean left(BlockTree block, Tree child, String wanted) {
    for (StatementTree s : block.getStatements()) {
      if (s == child) {
        return false;
      }
      if (s instanceof IfTree i && asks(i.getCondition(), wanted)) {
        return true;
      }
    }
    return false;
  }

  private boolean asks(Tree condition, String wanted) {
    return bare(site.source(condition)).contains(wanted);
  }

  private static String bare(String condition) {
    return condition.replaceAll("\\s+", "");
  }
}
