package dev.fettle.templates.nulls;

import com.sun.source.tree.MemberSelectTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Compares two values that may both be null: {@code Objects.equals(a, b)}. */
final class CompareWithObjectsEquals implements RepairTemplate {
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
                CompareConstantFirst.comparison(n)
                    .filter(
                        m ->
                            ((MemberSelectTree) m.getMethodSelect())
                                .getIdentifier()
                                .contentEquals("equals"))
                    .filter(m -> !CompareConstantFirst.constant(m.getArguments().get(0), n.site()))
                    .ifPresent(
                        m -> {
                          Edits edits = n.site().edits();
                          String objects = edits.type("java.util.Objects");
                          String other = n.site().source(m.getArguments().get(0));
                          all.add(
                              edits.replace(
                                  m, objects + ".equals(" + n.text() + ", " + other + ")"),
                              "Compares without asking either side, so that null is allowed",
                              0.78);
                        }));
    return all.stream();
  }
}
