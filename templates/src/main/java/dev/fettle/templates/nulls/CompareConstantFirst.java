package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.List;
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
                          Edits edits = n.site().edits();
                          alike(n, m).forEach(c -> turn(c, n.site(), edits));
                          all.add(
                              edits,
                              "Compares from the constant's side, so that null is simply not equal",
                              0.82);
                        }));
    return all.stream();
  }

  /** The comparison that failed and those of the same value that would fail after it. */
  private static List<MethodInvocationTree> alike(NullSite n, MethodInvocationTree failed) {
    List<MethodInvocationTree> all = new ArrayList<>(List.of(failed));
    boolean stays = n.rewriting().repeatable(n.missing());
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
        if (stays
            && m != failed
            && n.site().file().start(m) > n.site().file().start(failed)
            && m.getArguments().size() == 1
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier().toString().matches("equals|equalsIgnoreCase|contentEquals")
            && n.site().source(s.getExpression()).equals(n.text())
            && constant(m.getArguments().get(0), n.site())) {
          all.add(m);
        }
        return super.visitMethodInvocation(m, none);
      }
    }.scan(n.site().method().orElse(null), null);
    return all;
  }

  private static void turn(MethodInvocationTree m, Site site, Edits edits) {
    MemberSelectTree s = (MemberSelectTree) m.getMethodSelect();
    String constant = site.source(m.getArguments().get(0));
    edits.replace(
        m, constant + "." + s.getIdentifier() + "(" + site.source(s.getExpression()) + ")");
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
