package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks the constant instead of the value: {@code "EU".equals(x)}. */
final class CompareConstantFirst implements RepairTemplate {
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
                comparison(n)
                    .filter(m -> constant(m.getArguments().get(0), n.site()))
                    .ifPresent(
                        m -> {
                          String constant = n.site().source(m.getArguments().get(0));
                          String method =
                              ((MemberSelectTree) m.getMethodSelect()).getIdentifier().toString();
                          all.add(
                              n.site()
                                  .edits()
                                  .replace(m, constant + "." + method + "(" + n.text() + ")"),
                              "Compares from the constant's side, so that null is simply not equal",
                              0.82);
                        }));
    return all.stream();
  }

  /** The {@code equals} or {@code equalsIgnoreCase} call whose receiver was null. */
  static Optional<MethodInvocationTree> comparison(NullSite n) {
    return n.site().parent(n.missing()) instanceof MemberSelectTree s
            && s.getIdentifier().toString().matches("equals|equalsIgnoreCase|contentEquals")
            && n.site().parent(s) instanceof MethodInvocationTree m
            && m.getArguments().size() == 1
        ? Optional.of(m)
        : Optional.empty();
  }

  static boolean constant(ExpressionTree e, Site site) {
    if (e instanceof LiteralTree) {
      return e.getKind() != com.sun.source.tree.Tree.Kind.NULL_LITERAL;
    }
    String name =
        e instanceof IdentifierTree i
            ? i.getName().toString()
            : e instanceof MemberSelectTree s ? s.getIdentifier().toString() : "a";
    return name.equals(name.toUpperCase(Locale.ROOT)) && !site.typeOf(e).primitive();
  }
}
