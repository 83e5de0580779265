package dev.fettle.templates.absent;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.TypeName;
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
import org.jspecify.annotations.Nullable;

/** Treats a collection with nothing in it before its first, last or greatest is asked for. */
final class GuardEmptyCollection implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(
        FaultClass.NO_SUCH_ELEMENT,
        FaultClass.INDEX_OUT_OF_BOUNDS,
        FaultClass.SUBSTRING_OUT_OF_BOUNDS);
  }

  private record Taken(ExpressionTree from, String condition) {}

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        streamed(site, e, all);
        taken(site, e)
            .ifPresent(
                t -> {
                  Optional<Subject> looked = Looked.up(t.from(), site);
                  looked.ifPresent(s -> treat(site, t, e, Situation.ABSENT, s, 0.06, all));
                  treat(
                      site,
                      t,
                      e,
                      Situation.EMPTY,
                      Subject.of(t.from(), site.scope()),
                      looked.isPresent() ? -0.04 : 0.02,
                      all);
                });
      }
    }
    return all.stream();
  }

  /** {@code stream.iterator().next()}: the iterator is asked first, and only once. */
  private static void streamed(Site site, ExpressionTree e, Proposals all) {
    if (next(site, e) instanceof MethodInvocationTree iterator
        && iterator.getMethodSelect() instanceof MemberSelectTree s
        && s.getIdentifier().contentEquals("iterator")
        && site.typeOf(s.getExpression()).simple().equals("Stream")) {
      StreamSource source = StreamSource.of(iterator, site);
      new Rewriting(site)
          .treatNamed(
              all,
              source.situation(),
              source.subject(),
              iterator,
              "!" + site.source(iterator) + ".hasNext()",
              "When the stream has no element",
              0.04);
    }
  }

  /** The iterator that {@code next()} is called on; null for other expressions. */
  private static @Nullable ExpressionTree next(Site site, ExpressionTree e) {
    return e instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier().contentEquals("next")
            && site.typeOf(s.getExpression()).simple().equals("Iterator")
        ? s.getExpression()
        : null;
  }

  private static void treat(
      Site site,
      Taken t,
      ExpressionTree e,
      Situation situation,
      Subject subject,
      double bonus,
      Proposals all) {
    Rewriting r = new Rewriting(site);
    String what = "When " + site.source(t.from()) + " is empty";
    if (r.repeatable(t.from())) {
      r.treat(all, situation, subject, r.chain(e), t.condition(), what, bonus);
    } else {
      r.treatNamed(all, situation, subject, t.from(), t.condition(), what, bonus);
    }
  }

  private static Optional<Taken> taken(Site site, ExpressionTree e) {
    if (e instanceof ArrayAccessTree a && first(a.getIndex())) {
      return Optional.of(
          new Taken(a.getExpression(), site.source(a.getExpression()) + ".length == 0"));
    }
    if (!(e instanceof MethodInvocationTree m)
        || !(m.getMethodSelect() instanceof MemberSelectTree s)) {
      return Optional.empty();
    }
    String name = s.getIdentifier().toString();
    ExpressionTree receiver = s.getExpression();
    TypeName type = site.typeOf(receiver);
    String text = site.source(receiver);
    if (name.matches("max|min") && text.equals("Collections") && !m.getArguments().isEmpty()) {
      ExpressionTree c = m.getArguments().get(0);
      return Optional.of(new Taken(c, site.source(c) + ".isEmpty()"));
    }
    if (name.equals("next") && type.simple().equals("Iterator")) {
      return receiver instanceof MethodInvocationTree it
              && it.getMethodSelect() instanceof MemberSelectTree source
              && source.getIdentifier().contentEquals("iterator")
          ? site.typeOf(source.getExpression()).simple().equals("Stream")
              ? Optional.empty()
              : Optional.of(
                  new Taken(
                      source.getExpression(), site.source(source.getExpression()) + ".isEmpty()"))
          : Optional.of(new Taken(receiver, "!" + text + ".hasNext()"));
    }
    boolean end =
        m.getArguments().isEmpty()
                && name.matches(
                    "getFirst|getLast|first|last|removeFirst|removeLast|pop|element|remove|firstKey|lastKey")
            || name.equals("get") && type.sequence() && ends(m.getArguments().get(0), text, site)
            || name.equals("charAt") && ends(m.getArguments().get(0), text, site);
    return end && (type.sequence() || type.map() || type.text())
        ? Optional.of(new Taken(receiver, text + ".isEmpty()"))
        : Optional.empty();
  }

  private static boolean ends(ExpressionTree index, String collection, Site site) {
    String text = site.source(index).replace(" ", "");
    return first(index)
        || text.equals(collection + ".size()-1")
        || text.equals(collection + ".length()-1");
  }

  private static boolean first(ExpressionTree index) {
    return index instanceof LiteralTree l && Integer.valueOf(0).equals(l.getValue());
  }
}
