package dev.fettle.templates.bounds;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Takes the nearest index there is: {@code Math.min(to, list.size())}. */
final class ClampIndex implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.INDEX_OUT_OF_BOUNDS, FaultClass.ILLEGAL_ARGUMENT, FaultClass.OTHER);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      site.expressions().forEach(e -> window(site, e, input, all));
      if (input.fault() == FaultClass.INDEX_OUT_OF_BOUNDS) {
        Access.in(site).forEach(a -> index(a, input, all));
      }
    }
    return all.stream();
  }

  /** A page beyond the end holds what is left, perhaps nothing. */
  private static void window(Site site, ExpressionTree e, TemplateInput input, Proposals all) {
    if (!(e instanceof MethodInvocationTree m)
        || !(m.getMethodSelect() instanceof MemberSelectTree s)
        || !s.getIdentifier().contentEquals("subList")
        || m.getArguments().size() != 2
        || !new Rewriting(site).repeatable(s.getExpression())) {
      return;
    }
    String size = site.source(s.getExpression()) + ".size()";
    boolean negative = input.message().matches(".*-\\d.*");
    Edits edits = site.edits();
    boolean changed = false;
    for (ExpressionTree bound : m.getArguments()) {
      String text = site.source(bound);
      boolean fits =
          bound instanceof LiteralTree || text.equals(size) || bounded(site, bound, size);
      if (!fits) {
        String clamped = "Math.min(" + text + ", " + size + ")";
        edits.replace(bound, negative ? "Math.max(0, " + clamped + ")" : clamped);
        changed = true;
      }
    }
    if (changed) {
      all.add(edits, "A window past the end holds what is left", 0.76);
    }
  }

  private static boolean bounded(Site site, ExpressionTree bound, String size) {
    String text = site.source(bound);
    return text.contains("Math.min")
        || site.scope()
            .name(text)
            .map(n -> n.tree())
            .map(v -> v.getInitializer())
            .filter(i -> site.source(i).contains("Math.min") && site.source(i).contains(size))
            .isPresent();
  }

  private static void index(Access a, TemplateInput input, Proposals all) {
    Site site = a.site();
    String index = site.source(a.index());
    if (a.index() instanceof LiteralTree
        || index.contains("Math.m")
        || !new Rewriting(site).repeatable(a.sequence())) {
      return;
    }
    boolean negative = input.message().matches(".*-\\d.*");
    all.add(
        site.edits()
            .replace(
                a.index(),
                negative
                    ? "Math.max(0, " + index + ")"
                    : "Math.min(" + index + ", " + a.length() + " - 1)"),
        "An index past the end means the last element",
        0.36);
  }
}
