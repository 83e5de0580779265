package dev.fettle.templates.nulls;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.LambdaBody;
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
    Optional<LambdaBody> lambda = LambdaBody.around(n.site(), n.missing());
    boolean before = statement.isPresent() && !n.site().repeated(n.missing());
    if (!before && lambda.isEmpty()) {
      return;
    }
    double unlikely = n.site().conditional(n.missing()) ? 0.12 : 0;
    List<Answer> answers = n.rewriting().answers(Situation.ABSENT, n.missing(), n.replaced());
    for (Answer a : answers) {
      if (a.kind() == Answer.Kind.THROW || before && a.kind() != Answer.Kind.DEFAULT) {
        all.add(
            before ? edits(n, statement.get(), a) : edits(n, lambda.get(), a),
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
    if (plain(n)) {
      return r.guard(statement, n.text() + " == null", a);
    }
    Edits edits = n.site().edits();
    String name = r.nameFor(n.missing());
    return edits.insertBefore(statement, extracted(n, name, a, edits)).replace(n.missing(), name);
  }

  private static Edits edits(NullSite n, LambdaBody lambda, Answer a) {
    Rewriting r = n.rewriting();
    Edits edits = n.site().edits();
    if (plain(n)) {
      return lambda.opened(r.guardText(n.text() + " == null", a, edits), edits);
    }
    String name = r.nameFor(n.missing());
    return lambda.opened(extracted(n, name, a, edits), n.missing(), name, edits);
  }

  private static boolean plain(NullSite n) {
    return n.missing() instanceof IdentifierTree
        || !n.lookup() && n.rewriting().repeatable(n.missing());
  }

  /** A lookup is made once: into a local that the guard and the rest share. */
  private static String extracted(NullSite n, String name, Answer a, Edits edits) {
    Rewriting r = n.rewriting();
    return r.typeText(n.missing(), edits)
        + " "
        + name
        + " = "
        + n.text()
        + ";\n"
        + r.guardText(name + " == null", a, edits);
  }
}
