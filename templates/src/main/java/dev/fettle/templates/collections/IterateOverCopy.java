package dev.fettle.templates.collections;

import com.sun.source.tree.ExpressionTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Walks a copy, so that the body may change the original. */
final class IterateOverCopy implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.CONCURRENT_MODIFICATION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      Looping.forEach(site).forEach(f -> copy(site, f.getExpression(), all));
      Looping.traversed(site).forEach(e -> copy(site, e, all));
    }
    return all.stream();
  }

  private static void copy(Site site, ExpressionTree collection, Proposals all) {
    String source = site.source(collection);
    if (source.startsWith("new ")
        || source.contains("copyOf(")
        || site.typeOf(collection).array()) {
      return;
    }
    Edits edits = site.edits();
    if (site.typeOf(collection).map()) {
      String map = edits.type("java.util.LinkedHashMap");
      all.add(
          edits.replace(collection, "new " + map + "<>(" + source + ")"),
          "Walks a copy of " + source,
          0.7);
      return;
    }
    String list = edits.type("java.util.ArrayList");
    all.add(
        edits.replace(collection, "new " + list + "<>(" + source + ")"),
        "Walks a copy of " + source + ", which the body changes",
        0.78);
  }
}
