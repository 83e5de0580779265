package dev.fettle.templates.casts;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.TypeCastTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Asks for the type before casting to it. */
final class CheckBeforeCast implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.CLASS_CAST);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof TypeCastTree c) {
          check(site, c, all);
        }
      }
    }
    return all.stream();
  }

  private static void check(Site site, TypeCastTree c, Proposals all) {
    Rewriting r = new Rewriting(site);
    if (!r.repeatable(c.getExpression())) {
      return;
    }
    String type = site.source(c.getType()).replaceAll("<.*>", "");
    String value = site.source(c.getExpression());
    ExpressionTree cast = c;
    r.treat(
        all,
        Situation.WRONG_TYPE,
        Subject.of(c.getExpression(), site.scope()),
        r.chain(cast),
        "!(" + value + " instanceof " + type + ")",
        "When " + value + " is no " + type,
        0);
  }
}
