package dev.fettle.templates.absent;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says what an empty Optional means: {@code orElseThrow(...)}, {@code orElse(...)} or a guard. */
final class UnwrapOptionalSafely implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NO_SUCH_ELEMENT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof MethodInvocationTree call
            && call.getMethodSelect() instanceof MemberSelectTree s
            && call.getArguments().isEmpty()
            && s.getIdentifier().toString().matches("get|orElseThrow|getAs(Int|Long|Double)")
            && site.typeOf(s.getExpression()).simple().startsWith("Optional")) {
          unwrap(site, call, s.getExpression(), all);
        }
      }
    }
    return all.stream();
  }

  private static void unwrap(
      Site site, MethodInvocationTree call, ExpressionTree optional, Proposals all) {
    Rewriting r = new Rewriting(site);
    String text = site.source(optional);
    StreamSource stream = StreamSource.of(optional, site);
    Subject subject = stream.subject();
    Situation situation = stream.situation();
    for (Answer a : r.answers(situation, subject, call)) {
      Optional<Edits> edits = edits(site, call, optional, text, a, r);
      edits.ifPresent(
          e ->
              all.add(
                  e, Rewriting.because("When there is none, " + Rewriting.verb(a), a), a.score()));
    }
  }

  private static Optional<Edits> edits(
      Site site,
      MethodInvocationTree call,
      ExpressionTree optional,
      String text,
      Answer a,
      Rewriting r) {
    Edits edits = site.edits();
    int dot = site.file().end(optional);
    int end = site.file().end(call);
    String gap = site.file().text().substring(dot, end).replaceAll("(?s)\\..*", ".");
    return switch (a.kind()) {
      // a lambda may not name what is written twice
      case THROW ->
          r.namesWritten(a.text())
              ? guard(site, optional, text, a, r)
              : Optional.of(
                  edits.replace(dot, end, gap + "orElseThrow(() -> " + r.text(a, edits) + ")"));
      case DEFAULT ->
          Optional.of(edits.replace(dot, end, gap + "orElse(" + r.text(a, edits) + ")"));
      case RETURN ->
          site.parent(call) instanceof ReturnTree
              ? Optional.of(edits.replace(dot, end, gap + "orElse(" + r.text(a, edits) + ")"))
              : guard(site, optional, text, a, r);
      case CONTINUE -> guard(site, optional, text, a, r);
    };
  }

  private static Optional<Edits> guard(
      Site site, ExpressionTree optional, String text, Answer a, Rewriting r) {
    Optional<StatementTree> statement = site.statement(optional);
    if (statement.isEmpty() || site.repeated(optional) || site.conditional(optional)) {
      return Optional.empty();
    }
    if (optional instanceof IdentifierTree) {
      return Optional.of(r.guard(statement.get(), text + ".isEmpty()", a));
    }
    Edits edits = site.edits();
    String name = r.nameFor(optional);
    String guard = r.guardText(name + ".isEmpty()", a, edits);
    String type = r.typeText(optional, edits);
    return Optional.of(
        edits
            .insertBefore(statement.get(), type + " " + name + " = " + text + ";\n" + guard)
            .replace(optional, name));
  }
}
