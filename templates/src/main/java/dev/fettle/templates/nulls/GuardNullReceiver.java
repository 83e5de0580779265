package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Leaves before the statement when the value is null: throws, returns or goes on. */
final class GuardNullReceiver implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> guard(n, all));
    return all.stream();
  }

  private static void guard(NullSite n, Proposals all) {
    Optional<StatementTree> statement = n.site().statement();
    if (statement.isEmpty() || n.site().repeated(n.missing())) {
      return;
    }
    double unlikely = n.site().conditional(n.missing()) ? 0.12 : 0;
    List<Answer> answers = n.rewriting().answers(Situation.ABSENT, n.missing(), n.replaced());
    for (Answer a : answers) {
      if (a.kind() != Answer.Kind.DEFAULT) {
        all.add(
            edits(n, statement.get(), a),
            Rewriting.because("When " + n.text() + " is null, " + Rewriting.verb(a), a),
            a.score() - unlikely);
      }
    }
  }

  private static Edits edits(NullSite n, StatementTree statement, Answer a) {
    Rewriting r = n.rewriting();
    Optional<VariableTree> declared = r.declaredBeside(n.missing(), statement);
    if (declared.isPresent()) {
      return r.guardAfter(declared.get(), n.text() + " == null", a);
    }
    boolean plain =
        n.missing() instanceof IdentifierTree || !n.lookup() && r.repeatable(n.missing());
    return plain ? r.guard(statement, n.text() + " == null", a) : extracted(n, statement, a);
  }

  /** A lookup is made once: into a local that the guard and the statement share. */
  private static Edits extracted(NullSite n, StatementTree statement, Answer a) {
    Rewriting r = n.rewriting();
    ExpressionTree missing = n.missing();
    String name = r.nameFor(missing);
    Edits edits = n.site().edits();
    String text =
        r.typeText(missing, edits)
            + " "
            + name
            + " = "
            + n.text()
            + ";\n"
            + r.guardText(name + " == null", a, edits);
    return edits.insertBefore(statement, text).replace(missing, name);
  }
}
