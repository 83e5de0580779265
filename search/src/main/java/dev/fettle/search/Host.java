package dev.fettle.search;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * A span of a method that can stand there once for each of many candidates, so that they share all
 * the rest of the method.
 */
record Host(Kind kind, int start, int end) {
  enum Kind {
    /** Something that holds or not: a chain of conditional expressions. */
    CONDITION,
    /** A whole statement: a chain of ifs. */
    STATEMENT,
    /** Between two statements: a chain of ifs with nothing at its end. */
    GAP
  }

  /** Where the edits of a site's tree fit in; null when they need a copy of the method. */
  static @Nullable Host of(Site site, List<Edit> edits) {
    if (edits.size() == 1 && edits.get(0).start() == edits.get(0).end()) {
      int at = edits.get(0).start();
      boolean beside = at == site.start() || at == site.end();
      if (site.tree() instanceof StatementTree && ChangeStatement.inList(site) && beside) {
        return new Host(Kind.GAP, at, at);
      }
    }
    Host host = around(site);
    boolean within =
        host != null
            && edits.stream().allMatch(e -> host.start <= e.start() && e.end() <= host.end);
    return within ? host : null;
  }

  /** The widest condition around a tree, or else the simple statement that holds it. */
  private static @Nullable Host around(Site site) {
    Tree condition = null;
    for (TreePath p = site.path(); p != null; p = p.getParentPath()) {
      Tree tree = p.getLeaf();
      Tree parent = p.getParentPath() == null ? tree : p.getParentPath().getLeaf();
      if (tree instanceof LambdaExpressionTree
          || tree instanceof MethodTree
          || tree instanceof AnnotationTree
          || parent instanceof CaseTree && tree instanceof ExpressionTree) {
        return null;
      }
      boolean alone = parent instanceof ExpressionStatementTree;
      if (tree instanceof ExpressionTree e && !(e instanceof ParenthesizedTree) && !alone) {
        boolean holds =
            !assigned(tree, parent)
                && site.file().typeOf(e).filter(t -> t.getKind() == TypeKind.BOOLEAN).isPresent();
        condition = holds ? tree : condition;
      } else if (tree instanceof StatementTree s) {
        if (condition != null) {
          return span(site, Kind.CONDITION, condition);
        }
        boolean simple = s instanceof ExpressionStatementTree || s instanceof ReturnTree;
        return simple && site.file().written(s) && !inHeader(parent, s)
            ? span(site, Kind.STATEMENT, s)
            : null;
      }
    }
    return null;
  }

  private static boolean assigned(Tree tree, Tree parent) {
    return parent instanceof com.sun.source.tree.AssignmentTree a && a.getVariable() == tree
        || parent instanceof com.sun.source.tree.CompoundAssignmentTree c
            && c.getVariable() == tree;
  }

  /** {@code for (i = 0; ...; i++)}: those have no place for an if. */
  private static boolean inHeader(Tree parent, StatementTree s) {
    return parent instanceof com.sun.source.tree.ForLoopTree f && f.getStatement() != s;
  }

  private static @Nullable Host span(Site site, Kind kind, Tree tree) {
    int start = site.file().start(tree);
    int end = site.file().end(tree);
    return start >= 0 && end > start ? new Host(kind, start, end) : null;
  }
}
