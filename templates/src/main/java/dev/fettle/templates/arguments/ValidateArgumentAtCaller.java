package dev.fettle.templates.arguments;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Treats a null where it was looked up, not in the method it was handed to. */
final class ValidateArgumentAtCaller implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_DEREFERENCE, FaultClass.NULL_UNBOXING);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site failed : input.failed()) {
      Optional<MethodTree> method = failed.method();
      int index = method.map(m -> parameter(failed, m)).orElse(-1);
      for (Site caller : input.suspects(Suspect.Role.CALLER)) {
        if (index < 0) {
          break;
        }
        Optional<ExpressionTree> argument = argument(caller, method.get(), index);
        argument.ifPresent(a -> guard(caller.on(a), a, all));
        index = argument.map(a -> passedOn(caller, a)).orElse(-1);
        method = caller.method();
        if (method.isEmpty()) {
          break;
        }
      }
    }
    return all.stream();
  }

  /** Which parameter was null; -1 when it was something else. */
  private static int parameter(Site failed, MethodTree m) {
    String culprit = failed.culprit().map(failed::source).orElse("");
    return names(m).indexOf(culprit);
  }

  private static List<String> names(MethodTree m) {
    return m.getParameters().stream().map(p -> p.getName().toString()).toList();
  }

  private static int passedOn(Site caller, ExpressionTree argument) {
    return caller.method().map(m -> names(m).indexOf(caller.source(argument))).orElse(-1);
  }

  private static Optional<ExpressionTree> argument(Site caller, MethodTree called, int index) {
    return caller.expressions().stream()
        .filter(MethodInvocationTree.class::isInstance)
        .map(MethodInvocationTree.class::cast)
        .filter(m -> m.getArguments().size() == called.getParameters().size())
        .filter(
            m ->
                (m.getMethodSelect() instanceof MemberSelectTree s
                        ? s.getIdentifier()
                        : ((IdentifierTree) m.getMethodSelect()).getName())
                    // names of two compilations are never equal
                    .contentEquals(called.getName()))
        .map(m -> (ExpressionTree) m.getArguments().get(index))
        .findFirst();
  }

  private static void guard(Site site, ExpressionTree argument, Proposals all) {
    Subject subject = Subject.of(argument, site.scope());
    Rewriting r = new Rewriting(site);
    Optional<StatementTree> statement = site.statement(argument);
    String condition = site.source(argument) + " == null";
    boolean local =
        argument instanceof IdentifierTree i
            && site.scope()
                .name(i.getName().toString())
                .filter(n -> n.kind() == Scope.Name.Kind.LOCAL)
                .isPresent();
    if (subject.source() != Subject.Source.LOOKUP
        || statement.isEmpty()
        || site.repeated(argument)
        || r.asked(argument, condition)) {
      return;
    }
    Optional<VariableTree> declared = r.declaredBeside(argument, statement.get());
    for (Answer a : r.answers(Situation.ABSENT, subject, argument)) {
      if (a.kind() == Answer.Kind.DEFAULT) {
        continue;
      }
      Edits edits;
      if (declared.isPresent()) {
        edits = r.guardAfter(declared.get(), condition, a);
      } else if (local) {
        edits = r.guard(statement.get(), condition, a);
      } else {
        String name = r.nameFor(argument);
        edits = site.edits();
        String type = r.typeText(argument, edits);
        String text = type + " " + name + " = " + site.source(argument) + ";\n";
        String guard = r.guardText(name + " == null", a, edits);
        edits.insertBefore(statement.get(), text + guard).replace(argument, name);
      }
      all.add(
          edits,
          Rewriting.because("The caller does not pass null on: it " + Rewriting.verb(a), a),
          a.score() - 0.01);
    }
  }
}
