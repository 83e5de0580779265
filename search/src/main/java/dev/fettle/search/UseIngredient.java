package dev.fettle.search;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.List;

/** Puts a suggested expression in the place of another; the compiler says whether it fits. */
final class UseIngredient implements Family {
  private static final String OPERATOR = "expression.related";

  private final List<String> texts;

  UseIngredient(List<String> texts) {
    this.texts = texts;
  }

  @Override
  public double least(OperatorPrior prior) {
    return prior.cost(OPERATOR);
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof ExpressionTree expression)
        || site.file().typeOf(expression).isEmpty()
        || isTarget(site)) {
      return;
    }
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      draft.suggested(OPERATOR, 0.1 * i, closed(site, text));
    }
  }

  /** Whether something is stored there, or the tree is only the name of a call. */
  private static boolean isTarget(Site site) {
    Tree parent = site.parent();
    return (parent instanceof AssignmentTree a && a.getVariable() == site.tree())
        || (parent instanceof CompoundAssignmentTree c && c.getVariable() == site.tree())
        || (parent instanceof MethodInvocationTree m && m.getMethodSelect() == site.tree())
        || (parent instanceof VariableTree v && v.getInitializer() != site.tree())
        || parent instanceof ExpressionStatementTree
        || parent instanceof MethodTree
        || parent instanceof ClassTree;
  }

  /** In parentheses where it could be torn apart by what surrounds it. */
  private static String closed(Site site, String text) {
    boolean whole =
        text.matches("[\\w.]+(\\([^()]*\\))?")
            || site.parent() instanceof VariableTree
            || site.parent() instanceof AssignmentTree
            || (site.parent() instanceof MethodInvocationTree);
    return whole ? text : "(" + text + ")";
  }
}
