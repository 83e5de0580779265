package dev.fettle.templates.collections;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.templates.site.Site;
import java.util.LinkedHashSet;
import java.util.Set;

/** The loops around or at a failing place whose collection may change under them. */
final class Looping {
  private Looping() {}

  static Set<EnhancedForLoopTree> forEach(Site site) {
    Set<EnhancedForLoopTree> found = new LinkedHashSet<>();
    Tree start = site.expression().map(e -> (Tree) e).or(site::statement).orElse(null);
    if (start == null) {
      return found;
    }
    for (TreePath p = site.path(start); p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof EnhancedForLoopTree f) {
        found.add(f);
      }
    }
    return found;
  }

  /**
   * {@code xs} for {@code xs.forEach(...)} and {@code xs.stream()...} in the failing expression.
   */
  static Set<ExpressionTree> traversed(Site site) {
    Set<ExpressionTree> found = new LinkedHashSet<>();
    for (ExpressionTree e : site.expressions()) {
      if (e instanceof MethodInvocationTree m
          && m.getMethodSelect() instanceof MemberSelectTree s
          && s.getIdentifier().toString().matches("forEach|stream|iterator")
          && (site.typeOf(s.getExpression()).sequence() || site.typeOf(s.getExpression()).map())) {
        found.add(s.getExpression());
      }
    }
    return found;
  }
}
