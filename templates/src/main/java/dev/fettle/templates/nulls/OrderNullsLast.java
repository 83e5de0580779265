package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Sorts elements without a key last: {@code comparing(key, nullsLast(naturalOrder()))}. */
final class OrderNullsLast implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_DEREFERENCE);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> site.expressions().forEach(e -> order(site, e, all)));
    return all.stream();
  }

  private static void order(Site site, ExpressionTree e, Proposals all) {
    if (!(e instanceof MethodInvocationTree m)
        || !(m.getMethodSelect() instanceof MemberSelectTree s)
        || !s.getIdentifier().toString().matches("comparing|thenComparing")
        || m.getArguments().size() != 1
        || !(m.getArguments().get(0) instanceof MemberReferenceTree
            || m.getArguments().get(0) instanceof LambdaExpressionTree)) {
      return;
    }
    Edits edits = site.edits();
    String comparator = edits.type("java.util.Comparator");
    ExpressionTree key = m.getArguments().get(0);
    int end = site.file().end(key);
    all.add(
        edits.replace(
            end, end, ", " + comparator + ".nullsLast(" + comparator + ".naturalOrder())"),
        "Elements without " + site.source(key) + " come last",
        0.72);
  }
}
