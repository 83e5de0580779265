package dev.fettle.templates.nulls;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a condition false, or true where it is negated, for null: {@code x != null && x.y()}. */
final class AddNullConjunct implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> conjoin(n, all));
    return all.stream();
  }

  private static void conjoin(NullSite n, Proposals all) {
    Optional<ExpressionTree> found = condition(n);
    if (found.isEmpty() || !n.rewriting().repeatable(n.missing())) {
      return;
    }
    ExpressionTree condition = found.get();
    Rewriting r = n.rewriting();
    String source = n.site().source(condition);
    boolean negated = condition instanceof UnaryTree;
    String and = conjoined(n, condition, n.text() + " != null && " + source, r);
    all.add(
        n.site().edits().replace(condition, and),
        "The condition does not hold where " + n.text() + " is null",
        negated ? 0.45 : n.lookup() ? 0.42 : 0.55);
    Tree parent = n.site().path(condition).getParentPath().getLeaf();
    String or = n.text() + " == null || " + source;
    all.add(
        n.site()
            .edits()
            .replace(
                condition,
                parent instanceof BinaryTree b && b.getKind() != Tree.Kind.CONDITIONAL_OR
                    ? "(" + or + ")"
                    : r.wrapped(condition, or).equals(or) || isHeader(parent)
                        ? or
                        : "(" + or + ")"),
        "The condition holds where " + n.text() + " is null",
        negated ? 0.5 : 0.3);
  }

  private static String conjoined(NullSite n, ExpressionTree condition, String text, Rewriting r) {
    Tree parent = n.site().path(condition).getParentPath().getLeaf();
    boolean flat =
        parent instanceof BinaryTree b
            && (b.getKind() == Tree.Kind.CONDITIONAL_AND
                || b.getKind() == Tree.Kind.CONDITIONAL_OR);
    boolean test =
        parent instanceof com.sun.source.tree.ConditionalExpressionTree c
            && c.getCondition() == condition;
    return flat || test ? text : r.wrapped(condition, text);
  }

  private static boolean isHeader(Tree parent) {
    return parent instanceof com.sun.source.tree.ConditionalExpressionTree;
  }

  /** The smallest boolean part of a condition that holds the null, its {@code !} included. */
  private static Optional<ExpressionTree> condition(NullSite n) {
    for (TreePath p = n.site().path(n.missing()); p != null; p = p.getParentPath()) {
      if (!(p.getLeaf() instanceof ExpressionTree e)) {
        return Optional.empty();
      }
      boolean comparison = e instanceof BinaryTree b && !n.site().typeOf(b).text();
      if ((comparison || !(e instanceof BinaryTree))
          && !(e instanceof InstanceOfTree)
          && e != n.missing()
          && n.site().typeOf(e).simple().equals("boolean")
          && used(n, p)) {
        Tree parent = p.getParentPath().getLeaf();
        return Optional.of(
            parent instanceof UnaryTree u && u.getKind() == Tree.Kind.LOGICAL_COMPLEMENT ? u : e);
      }
    }
    return Optional.empty();
  }

  private static boolean used(NullSite n, TreePath p) {
    Tree parent = n.site().parent(p.getLeaf());
    return !(parent instanceof com.sun.source.tree.ExpressionStatementTree)
        && !(parent instanceof com.sun.source.tree.MemberSelectTree);
  }
}
