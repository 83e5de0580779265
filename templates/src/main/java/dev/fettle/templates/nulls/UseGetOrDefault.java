package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks a map with a default: {@code counts.getOrDefault(key, 0)}. */
final class UseGetOrDefault implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> lookup(n).ifPresent(get -> ask(n, get, all)));
    return all.stream();
  }

  private static void ask(NullSite n, MethodInvocationTree get, Proposals all) {
    MemberSelectTree select = (MemberSelectTree) get.getMethodSelect();
    Subject subject = Subject.of(n.missing(), n.site().scope());
    for (Answer a : n.rewriting().answers(Situation.ABSENT, subject, n.missing())) {
      if (a.kind() == Answer.Kind.DEFAULT && !a.text().equals("null")) {
        Edits edits = n.site().edits();
        all.add(
            edits.replace(
                get,
                n.site().source(select.getExpression())
                    + ".getOrDefault("
                    + n.site().source(get.getArguments().get(0))
                    + ", "
                    + n.rewriting().text(a, edits)
                    + ")"),
            Rewriting.because("A key that is not in the map counts as " + a.text(), a),
            a.score() + 0.01);
      }
    }
  }

  /** The {@code get} of a map that gave null, here or where the local was set. */
  private static Optional<MethodInvocationTree> lookup(NullSite n) {
    ExpressionTree e = n.missing();
    if (e instanceof IdentifierTree i) {
      e =
          n.site()
              .scope()
              .name(i.getName().toString())
              .map(name -> name.tree())
              .map(VariableTree::getInitializer)
              .orElse(null);
    }
    return e instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier().contentEquals("get")
            && m.getArguments().size() == 1
            && n.site().typeOf(s.getExpression()).map()
        ? Optional.of(m)
        : Optional.empty();
  }
}
