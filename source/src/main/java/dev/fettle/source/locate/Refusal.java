package dev.fettle.source.locate;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement by which the program itself throws, and what made it run.
 *
 * @param guard the condition or switch selector that led to it; null when it is unconditional
 */
record Refusal(ThrowTree thrown, @Nullable ExpressionTree guard) {

  /** The refusal on a site's line, if its statement is one. */
  static Optional<Refusal> at(Site site) {
    if (!site.innermost()) {
      return Optional.empty();
    }
    for (StatementTree s : site.statements()) {
      if (s instanceof ThrowTree t) {
        return Optional.of(new Refusal(t, guard(site.file().path(t))));
      }
    }
    return Optional.empty();
  }

  private static @Nullable ExpressionTree guard(TreePath at) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof IfTree i) {
        return i.getCondition();
      } else if (leaf instanceof SwitchTree s) {
        return s.getExpression();
      } else if (leaf instanceof MethodTree) {
        return null;
      }
    }
    return null;
  }

  /** Names that the guard reads, or the thrown exception's arguments when there is no guard. */
  List<IdentifierTree> read() {
    List<IdentifierTree> names = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void p) {
        if (Character.isLowerCase(i.getName().charAt(0)) && !i.getName().contentEquals("this")) {
          names.add(i);
        }
        return null;
      }
    }.scan(guard == null ? thrown.getExpression() : guard, null);
    return names;
  }
}
