package dev.fettle.templates.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Puts a default where a chain starts at null: {@code x == null ? "" : x.y()}. */
final class SafeNavigateWithDefault implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NULL_DEREFERENCE);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    NullSite.of(input).forEach(n -> navigate(n, all));
    return all.stream();
  }

  private static void navigate(NullSite n, Proposals all) {
    Rewriting r = n.rewriting();
    ExpressionTree replaced = n.replaced();
    if (r.wholeStatement(replaced).isPresent()
        || n.site().typeOf(replaced).simple().equals("void")) {
      return;
    }
    for (Answer a : r.answers(Situation.ABSENT, n.missing(), replaced)) {
      if (a.kind() == Answer.Kind.DEFAULT && !a.text().equals(n.text())) {
        all.add(
            edits(n, r, a),
            Rewriting.because("When " + n.text() + " is null, uses " + a.text(), a),
            a.score());
      }
    }
  }

  private static Edits edits(NullSite n, Rewriting r, Answer a) {
    if (r.repeatable(n.missing())
        || n.site().statement().isEmpty()
        || !(n.missing() instanceof MethodInvocationTree)
        || n.site().repeated(n.missing())
        || n.site().conditional(n.missing())) {
      return r.ternary(n.replaced(), n.text() + " == null", a);
    }
    String name = r.nameFor(n.missing());
    Edits edits = n.site().edits();
    String source = n.site().source(n.replaced());
    int from = n.site().file().start(n.missing()) - n.site().file().start(n.replaced());
    String named = source.substring(0, from) + name + source.substring(from + n.text().length());
    return edits
        .insertBefore(
            n.site().statement().get(),
            r.typeText(n.missing(), edits) + " " + name + " = " + n.text() + ";")
        .replace(
            n.replaced(),
            r.wrapped(n.replaced(), name + " == null ? " + r.text(a, edits) + " : " + named));
  }
}
