package dev.fettle.templates.nulls;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs a call or loop only where its receiver is there: {@code if (x != null) { x.y(); }}. */
final class SkipWhenNull implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_DEREFERENCE);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input)
        .forEach(
            n ->
                skip(n)
                    .ifPresent(
                        s -> {
                          double score =
                              n.lookup() ? 0.28 : s instanceof EnhancedForLoopTree ? 0.47 : 0.43;
                          all.add(
                              n.site().edits().enclose(s, s, "if (" + n.text() + " != null)"),
                              "Does it only where " + n.text() + " is not null",
                              score);
                        }));
    return all.stream();
  }

  private static Optional<StatementTree> skip(NullSite n) {
    Rewriting r = n.rewriting();
    if (!r.repeatable(n.missing())) {
      return Optional.empty();
    }
    Optional<StatementTree> statement = n.site().statement();
    return statement.filter(
        s ->
            s instanceof ExpressionStatementTree
                || s instanceof EnhancedForLoopTree f && within(n, f.getExpression()));
  }

  private static boolean within(NullSite n, Tree header) {
    return n.site().file().start(n.missing()) >= n.site().file().start(header)
        && n.site().file().end(n.missing()) <= n.site().file().end(header);
  }
}
