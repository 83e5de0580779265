package dev.fettle.search;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import java.util.List;

/**
 * Catches what a statement throws and leaves in another way. Hides faults more often than it
 * repairs them: comes last, and what passes is ranked last ({@link Ranking}).
 */
final class CatchException implements Family {
  static final String OPERATOR = "catch";

  /** Ways to leave that are tried at one place. */
  private static final int EXITS = 6;

  @Override
  public double least(OperatorPrior prior) {
    return prior.cost(OPERATOR);
  }

  @Override
  public void propose(Site site, Draft draft) {
    boolean wrapped =
        site.tree() instanceof ExpressionStatementTree
            || site.tree() instanceof ReturnTree
            || site.tree() instanceof IfTree;
    if (!wrapped
        || !(site.tree() instanceof StatementTree)
        || !(site.parent() instanceof BlockTree)) {
      return;
    }
    InsertStatement.exits(site).stream()
        .filter(exit -> !exit.operator().equals("guard.throw"))
        .limit(EXITS)
        .forEach(exit -> around(site, exit.extra(), exit.text(), draft));
    if (!(site.tree() instanceof ReturnTree)) {
      around(site, 0.5, "// nothing to do", draft);
    }
  }

  private static void around(Site site, double extra, String instead, Draft draft) {
    draft.edits(
        OPERATOR,
        extra,
        List.of(
            new Edit(site.start(), site.start(), "try {\n"),
            new Edit(
                site.end(),
                site.end(),
                "\n} catch (RuntimeException thrown) {\n" + instead + "\n}")));
  }
}
