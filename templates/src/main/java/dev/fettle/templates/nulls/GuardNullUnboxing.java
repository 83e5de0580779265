package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Unboxes a default where the box is null: {@code n == null ? 0 : n}. */
final class GuardNullUnboxing implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_UNBOXING);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> unbox(n, all));
    return all.stream();
  }

  private static void unbox(NullSite n, Proposals all) {
    Rewriting r = n.rewriting();
    for (Answer a : r.answers(Situation.ABSENT, n.missing(), n.missing())) {
      if (a.kind() == Answer.Kind.DEFAULT && !a.text().equals("null")) {
        // an absent aggregate or column counts as nothing more often than it is an error
        double score = a.score() + (n.map() ? -0.1 : n.lookup() ? 0.08 : 0.04);
        all.add(
            edits(n, r, a),
            Rewriting.because("A missing " + n.text() + " counts as " + a.text(), a),
            score);
      }
    }
  }

  private static Edits edits(NullSite n, Rewriting r, Answer a) {
    ExpressionTree e = n.missing();
    Optional<StatementTree> statement = n.site().statement();
    boolean once = e instanceof MethodInvocationTree && !r.repeatable(e);
    if (!once || statement.isEmpty() || n.site().repeated(e) || n.site().conditional(e)) {
      return r.ternary(e, n.text() + " == null", a);
    }
    String name = r.nameFor(e);
    Edits edits = n.site().edits();
    String ternary = name + " == null ? " + r.text(a, edits) + " : " + name;
    return edits
        .insertBefore(statement.get(), r.typeText(e, edits) + " " + name + " = " + n.text() + ";")
        .replace(e, r.wrapped(e, ternary));
  }
}
