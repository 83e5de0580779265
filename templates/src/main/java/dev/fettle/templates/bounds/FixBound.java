package dev.fettle.templates.bounds;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Corrects a bound that is off by one: {@code <=} to {@code <}, one element earlier or later. */
final class FixBound implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.INDEX_OUT_OF_BOUNDS, FaultClass.SUBSTRING_OUT_OF_BOUNDS);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> Access.in(site).forEach(a -> fix(a, input, all)));
    return all.stream();
  }

  private static void fix(Access a, TemplateInput input, Proposals all) {
    Site site = a.site();
    if (site.source(a.index()).equals(a.length())) {
      all.add(
          site.edits().replace(a.index(), a.length() + " - 1"),
          "The last element stands one before the length",
          0.92);
      return;
    }
    boolean below = input.message().contains("-1");
    for (TreePath p = site.path(a.whole()); p != null; p = p.getParentPath()) {
      Tree t = p.getLeaf();
      if (t instanceof ForLoopTree f) {
        loop(a, f, below, all);
      } else if (t instanceof WhileLoopTree w) {
        comparisons(w.getCondition()).forEach(b -> loosened(a, b, true, all));
      } else if (t instanceof IfTree i) {
        comparisons(i.getCondition()).forEach(b -> loosened(a, b, true, all));
      } else if (t instanceof MethodTree) {
        break;
      }
    }
    site.statements().stream()
        .filter(IfTree.class::isInstance)
        .filter(s -> site.file().end(s) <= site.file().start(a.whole()))
        .forEach(
            s -> comparisons(((IfTree) s).getCondition()).forEach(b -> loosened(a, b, false, all)));
  }

  private static void loop(Access a, ForLoopTree f, boolean below, Proposals all) {
    Site site = a.site();
    String index = site.source(a.index()).replace(" ", "");
    for (Tree init : f.getInitializer()) {
      if (!(init instanceof VariableTree v) || v.getInitializer() == null) {
        continue;
      }
      String name = v.getName().toString();
      if (below && index.equals(name + "-1") && literal(v.getInitializer(), 0)) {
        all.add(
            site.edits().replace(v.getInitializer(), "1"),
            "The loop looks one element back, so it starts at the second",
            0.94);
      }
      String start = site.source(v.getInitializer());
      if (index.equals(name) && start.matches(".*(\\.size\\(\\)|\\.length(\\(\\))?)")) {
        all.add(
            site.edits().replace(v.getInitializer(), start + " - 1"),
            "The loop runs down from the last element",
            0.93);
      }
    }
    if (f.getCondition() == null || below) {
      return;
    }
    for (BinaryTree b : comparisons(f.getCondition())) {
      loosened(a, b, true, all);
      String counter = site.source(b.getLeftOperand());
      if (b.getKind() == Tree.Kind.LESS_THAN
          && index.equals(counter + "+1")
          && mentionsLength(a, b)) {
        all.add(
            site.edits().replace(b.getRightOperand(), site.source(b.getRightOperand()) + " - 1"),
            "The loop looks one element ahead, so it ends one earlier",
            0.94);
      }
    }
  }

  /**
   * {@code <=} a length where {@code <} is meant; behind an earlier exit {@code >} for {@code >=}.
   */
  private static void loosened(Access a, BinaryTree b, boolean holds, Proposals all) {
    Tree.Kind wrong = holds ? Tree.Kind.LESS_THAN_EQUAL : Tree.Kind.GREATER_THAN;
    if (b.getKind() != wrong || !mentionsLength(a, b)) {
      return;
    }
    Site site = a.site();
    String left = site.source(b.getLeftOperand());
    if (!Pattern.compile("\\b" + Pattern.quote(left) + "\\b")
        .matcher(site.source(a.index()))
        .find()) {
      return;
    }
    all.add(
        site.edits().replace(b, left + (holds ? " < " : " >= ") + site.source(b.getRightOperand())),
        "The last index is one less than the length",
        0.93);
  }

  private static boolean mentionsLength(Access a, BinaryTree b) {
    String right = a.site().source(b.getRightOperand());
    return right.equals(a.length())
        || right.matches(".*(\\.size\\(\\)|\\.length(\\(\\))?|[cC]ount|[sS]ize|[lL]ength)");
  }

  private static boolean literal(ExpressionTree e, int value) {
    return e instanceof LiteralTree l && Integer.valueOf(value).equals(l.getValue());
  }

  private static List<BinaryTree> comparisons(Tree condition) {
    List<BinaryTree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBinary(BinaryTree b, Void none) {
        found.add(b);
        return super.visitBinary(b, none);
      }
    }.scan(condition, null);
    return found;
  }
}
