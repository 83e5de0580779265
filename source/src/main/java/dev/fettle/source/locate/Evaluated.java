package dev.fettle.source.locate;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the expressions that a statement itself evaluates, not those of statements inside it.
 */
final class Evaluated extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Tree root;
  private final List<ExpressionTree> found = new ArrayList<>();

  private Evaluated(Tree root) {
    this.root = root;
  }

  /** In source order of their start, outer before inner. */
  static List<ExpressionTree> in(Tree root) {
    Evaluated scanner = new Evaluated(root);
    scanner.scan(root, null);
    return scanner.found;
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
    if (tree == null || tree instanceof ClassTree) {
      return null;
    }
    boolean other =
        tree instanceof StatementTree || tree instanceof BlockTree || tree instanceof CaseTree;
    boolean header =
        tree instanceof VariableTree
            || (root instanceof ForLoopTree f
                && (f.getUpdate().contains(tree) || f.getInitializer().contains(tree)));
    if (tree != root && other && !header) {
      return null;
    }
    if (tree instanceof ExpressionTree e) {
      found.add(e);
      if (tree instanceof LambdaExpressionTree && tree != root) {
        return null;
      }
    }
    return super.scan(tree, p);
  }

  /** Without parentheses and casts around it. */
  static ExpressionTree bare(ExpressionTree e) {
    ExpressionTree bare = e;
    while (true) {
      if (bare instanceof ParenthesizedTree p) {
        bare = p.getExpression();
      } else if (bare instanceof TypeCastTree c) {
        bare = c.getExpression();
      } else {
        return bare;
      }
    }
  }
}
