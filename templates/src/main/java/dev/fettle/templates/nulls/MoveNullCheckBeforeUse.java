package dev.fettle.templates.nulls;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Moves a null check that comes too late to before the first use; swaps it inside a condition. */
final class MoveNullCheckBeforeUse implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input)
        .forEach(
            n -> {
              move(n, all);
              swap(n, all);
            });
    return all.stream();
  }

  private static void move(NullSite n, Proposals all) {
    Optional<StatementTree> use = n.site().statement();
    if (use.isEmpty()
        || !(n.site().path(use.get()).getParentPath().getLeaf() instanceof BlockTree block)) {
      return;
    }
    List<? extends StatementTree> statements = block.getStatements();
    int at = statements.indexOf(use.get());
    for (StatementTree s : statements.subList(at + 1, statements.size())) {
      if (s instanceof IfTree i
          && i.getElseStatement() == null
          && tests(n, i.getCondition(), "==")
          && n.site()
              .source(i.getThenStatement())
              .matches("(?s).*\\b(throw|return|continue)\\b.*")) {
        String text = n.site().source(i).replace("\r\n", "\n");
        String indent = n.site().file().indentation(n.site().file().start(i));
        Edits edits = n.site().edits().remove(i);
        all.add(
            edits.insertBefore(use.get(), text.replace("\n" + indent, "\n")),
            "The check of " + n.text() + " comes before its first use",
            0.93);
        return;
      }
    }
  }

  private static void swap(NullSite n, Proposals all) {
    for (var p = n.site().path(n.missing()); p != null; p = p.getParentPath()) {
      if (p.getParentPath().getLeaf() instanceof BinaryTree b
          && b.getLeftOperand() == p.getLeaf()
          && (b.getKind() == Tree.Kind.CONDITIONAL_AND && tests(n, b.getRightOperand(), "!=")
              || b.getKind() == Tree.Kind.CONDITIONAL_OR && tests(n, b.getRightOperand(), "=="))) {
        all.add(
            n.site()
                .edits()
                .replace(b.getLeftOperand(), n.site().source(b.getRightOperand()))
                .replace(b.getRightOperand(), n.site().source(b.getLeftOperand())),
            "Asks whether " + n.text() + " is null before using it",
            0.95);
        return;
      }
      if (p.getLeaf() instanceof StatementTree) {
        return;
      }
    }
  }

  private static boolean tests(NullSite n, Tree condition, String operator) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(n.text()) + "\\s*" + operator + "\\s*null")
        .matcher(n.site().source(condition))
        .find();
  }
}
