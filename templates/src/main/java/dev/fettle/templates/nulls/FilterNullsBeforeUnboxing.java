package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Leaves elements without a value out of a sum: {@code .filter(x -> x.amount() != null)}. */
final class FilterNullsBeforeUnboxing implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && m.getArguments().size() == 1
            && m.getArguments().get(0) instanceof MemberReferenceTree key
            && !site.source(s.getExpression()).contains("!= null")) {
          String name = s.getIdentifier().toString();
          if (name.matches("mapTo(Int|Long|Double)") && boxed(site, key)) {
            filter(site, s, key, all);
          } else if (name.equals("map") && reduced(site, m)) {
            nonNull(site, m, all);
          }
        }
      }
    }
    return all.stream();
  }

  private static boolean boxed(Site site, MemberReferenceTree key) {
    TypeName type = TypeName.parse(site.source(key.getQualifierExpression()));
    return site.input().declarations().returns(type, key.getName().toString(), 0).box();
  }

  private static void filter(
      Site site, MemberSelectTree s, MemberReferenceTree key, Proposals all) {
    String owner = site.source(key.getQualifierExpression());
    String noun = owner.replaceAll(".*[.]", "");
    String name =
        new Rewriting(site).fresh(Character.toLowerCase(noun.charAt(0)) + noun.substring(1));
    int end = site.file().end(s.getExpression());
    all.add(
        site.edits()
            .replace(
                end, end, ".filter(" + name + " -> " + name + "." + key.getName() + "() != null)"),
        "Leaves out what has no " + Nouns.property(key.getName().toString()),
        0.66);
  }

  private static boolean reduced(Site site, MethodInvocationTree m) {
    return site.parent(m) instanceof MemberSelectTree next
        && next.getIdentifier().toString().matches("reduce|max|min|sorted|sum");
  }

  private static void nonNull(Site site, MethodInvocationTree m, Proposals all) {
    Edits edits = site.edits();
    String objects = edits.type("java.util.Objects");
    int end = site.file().end(m);
    all.add(
        edits.replace(end, end, ".filter(" + objects + "::nonNull)"),
        "Leaves out what has no value",
        0.64);
  }
}
