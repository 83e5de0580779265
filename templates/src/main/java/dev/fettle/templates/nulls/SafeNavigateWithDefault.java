package dev.fettle.templates.nulls;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Puts a default where a chain starts at null: {@code x == null ? "" : x.y()}. */
final class SafeNavigateWithDefault implements RepairTemplate {
  /** A precedent for a value of that name or origin, no further away. */
  private static final double KIN = 0.6;

  /** Where both fit, the whole chain is left out. */
  private static final double LATER = 0.03;

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
    if (askedNext(n)) {
      Answer none =
          new Answer(
              Answer.Kind.DEFAULT, "null", Set.of(), 0.97, "what comes next asks for null itself");
      all.add(
          edits(n, r, none),
          Rewriting.because("When " + n.text() + " is null, so is this", none),
          0.97);
    }
    receiver(n, r, all);
    for (Answer a : r.answers(Situation.ABSENT, n.missing(), replaced)) {
      boolean same = a.text().equals("null") && replaced == n.missing();
      if (a.kind() == Answer.Kind.DEFAULT && !a.text().equals(n.text()) && !same) {
        all.add(
            edits(n, r, a),
            Rewriting.because("When " + n.text() + " is null, uses " + a.text(), a),
            a.score());
      }
    }
  }

  /** Whether the value goes into a local, and the next statement asks whether that is null. */
  private static boolean askedNext(NullSite n) {
    Site site = n.site();
    if (!(site.parent(n.replaced()) instanceof VariableTree v)
        || v.getInitializer() != n.replaced()
        || site.typeOf(n.replaced()).primitive()
        || !(site.path(v).getParentPath().getLeaf() instanceof BlockTree block)) {
      return false;
    }
    int next = block.getStatements().indexOf(v) + 1;
    return next < block.getStatements().size()
        && block.getStatements().get(next) instanceof IfTree asked
        && site.source(asked.getCondition())
            .matches("(?s).*\\b" + v.getName() + "\\s*==\\s*null\\b.*");
  }

  /** {@code (x == null ? "en" : x).y()}, where the code base does so with such a value. */
  private static void receiver(NullSite n, Rewriting r, Proposals all) {
    if (n.replaced() == n.missing() || !r.repeatable(n.missing())) {
      return;
    }
    for (Answer a : r.answers(Situation.ABSENT, n.missing(), n.missing())) {
      if (a.kind() == Answer.Kind.DEFAULT
          && !a.text().equals("null")
          && a.score() >= KIN
          && a.because().startsWith("as ")) {
        all.add(
            r.ternary(n.missing(), n.text() + " == null", a),
            Rewriting.because(n.text() + " counts as " + a.text() + " when it is null", a),
            a.score() - LATER);
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
