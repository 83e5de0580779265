package dev.fettle.templates.parsing;

import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Calls the code base's own method that reads such a text safely. */
final class ReuseParsingMethod implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NUMBER_FORMAT, FaultClass.DATE_FORMAT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      ParseCall.in(site)
          .filter(p -> site.typeOf(p.text()).text())
          .forEach(
              p -> {
                for (Declared owner : input.declarations().all()) {
                  owner.methods().stream()
                      .filter(m -> reads(owner, m, p))
                      .forEach(m -> reuse(p, owner, m, all));
                }
              });
    }
    return all.stream();
  }

  private static boolean reads(Declared owner, Declared.Method m, ParseCall p) {
    if (m.tree() == null || m.tree().getBody() == null || m.parameters().size() != 1) {
      return false;
    }
    TypeName type = p.site().typeOf(p.call());
    String body = owner.unit().text(m.tree().getBody());
    boolean here = owner.simple().equals(p.site().scope().className());
    boolean self =
        here && p.site().method().filter(x -> x.getName().contentEquals(m.name())).isPresent();
    boolean isStatic = m.tree().getModifiers().getFlags().contains(Modifier.STATIC);
    boolean visible = here || !m.tree().getModifiers().getFlags().contains(Modifier.PRIVATE);
    boolean callable = isStatic || here && !p.site().scope().isStatic();
    return !self
        && visible
        && callable
        && m.parameters().get(0).type().text()
        && m.returns().sameAs(type)
        && body.contains("catch")
        && body.matches("(?s).*(parse\\w*|valueOf|new BigDecimal)\\(.*");
  }

  private static void reuse(ParseCall p, Declared owner, Declared.Method m, Proposals all) {
    Site site = p.site();
    boolean here = owner.simple().equals(site.scope().className());
    Edits edits = site.edits();
    String receiver = here ? "" : edits.type(owner.qualified()) + ".";
    boolean same = owner.unit().packageName().equals(site.scope().unit().packageName());
    all.add(
        edits.replace(p.call(), receiver + m.name() + "(" + site.source(p.text()) + ")"),
        "Reads the text as " + owner.simple() + "." + m.name() + " does for others",
        here ? 0.9 : same ? 0.84 : 0.8);
  }
}
