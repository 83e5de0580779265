package dev.fettle.templates.parsing;

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

/** Treats a text that was left out or blank as absent, before it is parsed. */
final class TreatBlankBeforeParse implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NUMBER_FORMAT, FaultClass.DATE_FORMAT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    boolean missing = input.message().matches("(?s).*(null|parse input|Zero length).*");
    boolean blank =
        input.message().matches("(?s)(For input string: \"\\s*\"|.*Text '\\s*'.*|empty String)");
    if (missing || blank) {
      input.failed().forEach(site -> ParseCall.in(site).forEach(p -> treat(p, all)));
    }
    return all.stream();
  }

  private static void treat(ParseCall p, Proposals all) {
    Site site = p.site();
    Rewriting r = new Rewriting(site);
    String text = site.source(p.text());
    if (r.repeatable(p.text()) && site.typeOf(p.text()).text()) {
      r.treat(
          all,
          Situation.ABSENT,
          Subject.of(p.text(), site.scope()),
          p.call(),
          text + " == null || " + text + ".isBlank()",
          "When " + text + " was left blank",
          0.03);
    }
  }
}
