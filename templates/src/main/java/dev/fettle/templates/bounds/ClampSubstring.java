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

/** Cuts at the end of a shorter text: {@code s.substring(0, Math.min(10, s.length()))}. */
final class ClampSubstring implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.SUBSTRING_OUT_OF_BOUNDS, FaultClass.INDEX_OUT_OF_BOUNDS);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      Substring.in(site).forEach(m -> clamp(site, m, all));
    }
    return all.stream();
  }

  private static void clamp(Site site, MethodInvocationTree m, Proposals all) {
    ExpressionTree text = ((MemberSelectTree) m.getMethodSelect()).getExpression();
    long cuts =
        Substring.in(site).count()
            + site.statement()
                .map(s -> site.source(s).split("\\.substring\\(").length - 1)
                .orElse(0);
    if (!new Rewriting(site).repeatable(text) || cuts > 2) {
      return;
    }
    String length = site.source(text) + ".length()";
    Edits edits = site.edits();
    boolean changed = false;
    boolean fixed = true;
    for (ExpressionTree bound : m.getArguments()) {
      String source = site.source(bound);
      boolean zero = bound instanceof LiteralTree l && Integer.valueOf(0).equals(l.getValue());
      if (zero || source.contains("Math.min") || source.equals(length)) {
        continue;
      }
      if (Substring.search(bound, site) || source.startsWith(length)) {
        return;
      }
      fixed &=
          bound instanceof LiteralTree
              || source.equals(source.toUpperCase(java.util.Locale.ROOT))
              || source.matches("(?i).*(max|limit|length|width|size).*");
      edits.replace(bound, "Math.min(" + source + ", " + length + ")");
      changed = true;
    }
    if (changed) {
      all.add(edits, "A shorter text is taken as far as it goes", fixed ? 0.72 : 0.5);
    }
  }
}
