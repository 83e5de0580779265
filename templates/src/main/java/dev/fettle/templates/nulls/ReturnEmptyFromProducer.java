package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Need;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Repairs the method that hands out null: it returns something empty, or throws. */
final class ReturnEmptyFromProducer implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return NullSite.NULLS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input)
        .forEach(
            n ->
                call(n)
                    .flatMap(c -> input.callee(c, n.site()))
                    .ifPresent(callee -> produce(input, callee, all)));
    return all.stream();
  }

  private static void produce(TemplateInput input, TemplateInput.Callee callee, Proposals all) {
    List<ReturnTree> nulls = nullReturns(callee);
    if (nulls.size() != 1) {
      return;
    }
    ReturnTree at = nulls.get(0);
    Site site = input.site(callee.file(), at);
    TypeName type = TypeName.parse(callee.tree().getReturnType().toString());
    boolean empty = type.sequence() || type.map() || type.optional() || type.array();
    String shown = callee.method().display();
    Rewriting r = new Rewriting(site);
    Subject subject = subject(callee, site, type);
    Need need = new Need(type, false, TypeName.UNKNOWN, Need.Use.RETURNED, "");
    for (Answer a : input.conventions().answers(Situation.ABSENT, subject, site.scope(), need)) {
      boolean fits =
          a.kind() == Answer.Kind.RETURN && empty
              || a.kind() == Answer.Kind.THROW && !empty && a.score() > 0.4;
      if (fits && !a.text().equals("null") && at.getExpression() != null) {
        Edits edits = site.edits();
        String text =
            a.kind() == Answer.Kind.RETURN
                ? "return " + r.text(a, edits) + ";"
                : "throw " + r.text(a, edits) + ";";
        all.add(
            edits.replace(at, text),
            Rewriting.because(shown + " no longer hands out null: it " + Rewriting.verb(a), a),
            empty ? Math.max(0.68, a.score()) + (type.optional() ? 0.15 : 0) : a.score() - 0.14);
      }
    }
  }

  /** The value as its caller would describe it, with the method's own parameter as the key. */
  private static Subject subject(TemplateInput.Callee callee, Site site, TypeName type) {
    List<? extends VariableTree> parameters = callee.tree().getParameters();
    String name = callee.tree().getName().toString();
    String key = parameters.isEmpty() ? null : parameters.get(0).getName().toString();
    return new Subject(
        type,
        "null",
        type.known()
            ? Character.toLowerCase(type.simple().charAt(0)) + type.simple().substring(1)
            : name,
        key == null ? Subject.Source.OTHER : Subject.Source.LOOKUP,
        site.scope().className(),
        name,
        null,
        key,
        false);
  }

  private static List<ReturnTree> nullReturns(TemplateInput.Callee callee) {
    List<ReturnTree> found = new ArrayList<>();
    if (callee.tree().getBody() == null || callee.tree().getReturnType() == null) {
      return found;
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitReturn(ReturnTree r, Void none) {
        if (r.getExpression() != null && r.getExpression().getKind() == Tree.Kind.NULL_LITERAL) {
          found.add(r);
        }
        return super.visitReturn(r, none);
      }

      @Override
      public Void visitLambdaExpression(com.sun.source.tree.LambdaExpressionTree l, Void none) {
        return null;
      }

      @Override
      public Void visitClass(com.sun.source.tree.ClassTree c, Void none) {
        return null;
      }
    }.scan(callee.tree().getBody(), null);
    return found;
  }

  /** The call that gave the null: itself, or what its local was set to. */
  private static Optional<MethodInvocationTree> call(NullSite n) {
    ExpressionTree e = n.missing();
    if (e instanceof IdentifierTree i) {
      e =
          n.site()
              .scope()
              .name(i.getName().toString())
              .map(x -> x.tree())
              .map(VariableTree::getInitializer)
              .orElse(null);
    }
    return e instanceof MethodInvocationTree m ? Optional.of(m) : Optional.empty();
  }
}
