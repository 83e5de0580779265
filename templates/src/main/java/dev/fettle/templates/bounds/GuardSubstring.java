package dev.fettle.templates.bounds;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import dev.fettle.contract.model.FaultClass;
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

/** Treats a text that is too short, or lacks the mark it is cut at, before cutting it. */
final class GuardSubstring implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.SUBSTRING_OUT_OF_BOUNDS, FaultClass.INDEX_OUT_OF_BOUNDS);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      Substring.in(site).forEach(m -> guard(site, m, all));
    }
    return all.stream();
  }

  private static void guard(Site site, MethodInvocationTree m, Proposals all) {
    Rewriting r = new Rewriting(site);
    ExpressionTree text = ((MemberSelectTree) m.getMethodSelect()).getExpression();
    if (!r.repeatable(text)) {
      return;
    }
    Subject subject = Subject.of(text, site.scope());
    for (ExpressionTree bound : m.getArguments()) {
      if (Substring.search(bound, site)) {
        String offset = site.source(bound).replaceAll("\\s*[-+]\\s*\\d+$", "");
        treat(
            site, m, subject, offset + " < 0", "When the mark is not in " + site.source(text), all);
        return;
      }
    }
    Optional<ExpressionTree> end = m.getArguments().stream().reduce((a, b) -> b).map(x -> x);
    end.ifPresent(
        e -> {
          boolean plain = e instanceof LiteralTree || r.repeatable(e);
          if (plain && !site.source(e).contains("length()")) {
            treat(
                site,
                m,
                subject,
                site.source(text) + ".length() < " + site.source(e),
                "When " + site.source(text) + " is too short",
                all);
          } else if (site.source(e).contains(".length() - ")) {
            treat(
                site,
                m,
                subject,
                site.source(text) + ".isEmpty()",
                "When " + site.source(text) + " is empty",
                all);
          }
        });
  }

  private static void treat(
      Site site,
      MethodInvocationTree m,
      Subject subject,
      String condition,
      String what,
      Proposals all) {
    Rewriting r = new Rewriting(site);
    // what was stored is no client's fault: there is as much of it as there is
    double refused = subject.stored() ? -0.2 : 0;
    r.treat(all, Situation.UNPARSABLE, subject, m, condition, what, refused);
    Answer whole =
        new Answer(
            Answer.Kind.DEFAULT, subject.text(), Set.of(), 0.5, "all of it is what there is");
    boolean joined =
        site.parent(m) instanceof MemberSelectTree || site.parent(m) instanceof BinaryTree;
    Optional<StatementTree> returned = site.statement(m).filter(ReturnTree.class::isInstance);
    if (joined && returned.isPresent() && site.returns().text() && !r.asked(m, condition)) {
      Answer same =
          new Answer(Answer.Kind.RETURN, subject.text(), Set.of(), 0.66, "there is nothing to cut");
      all.add(r.guard(returned.get(), condition, same), what + ", returns it as it is", 0.66);
    } else if (!r.asked(m, condition)) {
      all.add(r.ternary(m, condition, whole), what + ", takes all of it", 0.55);
    }
  }
}
