package dev.fettle.templates.parsing;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Catching;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Catches that a text does not parse, and answers as the code base does. */
final class CatchParseFailure implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return ParseCall.FAULTS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      ParseCall.in(site).forEach(p -> attempt(p.site(), p.call(), p.text(), p.exception(), all));
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof MemberReferenceTree reference && ParseCall.reads(reference, site)) {
          Elements.of(reference, site)
              .ifPresent(from -> attempt(site, reference, from, input.thrown(), all));
        }
      }
    }
    return all.stream();
  }

  private static void attempt(
      Site site, ExpressionTree call, ExpressionTree text, String exception, Proposals all) {
    new Catching(site, call, exception)
        .treat(
            all,
            Situation.UNPARSABLE,
            Subject.of(written(text), site.scope()),
            "When " + site.source(text) + " does not parse");
  }

  /** The text before blanks were taken off or its letters changed. */
  private static ExpressionTree written(ExpressionTree text) {
    ExpressionTree e = text;
    while (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && s.getIdentifier().toString().matches("trim|strip|to(Upper|Lower)Case")) {
      e = s.getExpression();
    }
    return e;
  }
}
