package dev.fettle.templates.bounds;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.absent.Looked;
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

/** Treats an index outside of the sequence before it is used. */
final class GuardIndex implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.INDEX_OUT_OF_BOUNDS, FaultClass.SUBSTRING_OUT_OF_BOUNDS);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> Access.in(site).forEach(a -> guard(a, input, all)));
    return all.stream();
  }

  private static void guard(Access a, TemplateInput input, Proposals all) {
    Site site = a.site();
    Rewriting r = new Rewriting(site);
    if (!r.repeatable(a.sequence()) && a.index() instanceof LiteralTree) {
      named(a, r, all);
    }
    if (!r.repeatable(a.sequence()) || !r.repeatable(a.index())) {
      return;
    }
    if (a.index() instanceof LiteralTree l && l.getValue() instanceof Integer n) {
      fewer(a, n, r, all);
      return;
    }
    String index = site.source(a.index());
    if (index.replace(" ", "").equals(a.length() + "-1")) {
      return; // the last of none: that is about an empty sequence
    }
    boolean negative = input.message().matches(".*(-\\d).*");
    String condition =
        site.loop().isPresent() && !negative && site.typeOf(a.index()).primitive()
            ? index + " >= " + a.length()
            : index + " < 0 || " + index + " >= " + a.length();
    String what = "When " + index + " is not an index of " + site.source(a.sequence());
    Optional<Subject> element =
        site.loop().isEmpty() && Given.by(a.index(), site).isPresent()
            ? Looked.at(a.index(), a.sequence(), site)
            : Optional.empty();
    element.ifPresent(
        s -> r.treat(all, Situation.ABSENT, s, r.chain(a.whole()), condition, what, 0.04));
    r.treat(
        all,
        Situation.OUT_OF_RANGE,
        Given.by(a.index(), site).orElseGet(() -> Subject.of(a.index(), site.scope())),
        r.chain(a.whole()),
        condition,
        what,
        element.isPresent() ? -0.06 : 0);
  }

  /** A fixed index into something shorter: a row with too few columns. */
  private static void fewer(Access a, int n, Rewriting r, Proposals all) {
    Site site = a.site();
    int most = most(a, n);
    Subject subject = Subject.of(a.sequence(), site.scope());
    boolean row = subject.member().equals("split");
    Subject told = site.input().origin(row ? row(a.sequence(), site) : subject, site);
    // a stored text has as few parts as it has; one that came in may be refused
    boolean unreadable = row && !told.stored();
    r.treat(
        all,
        unreadable ? Situation.UNPARSABLE : Situation.EMPTY,
        told,
        r.chain(a.whole()),
        a.length() + " < " + (most + 1),
        "When " + site.source(a.sequence()) + " has too few elements",
        unreadable ? 0.03 : 0);
  }

  /** The same for a sequence that is made where it is used: {@code text.split(":")[1]}. */
  private static void named(Access a, Rewriting r, Proposals all) {
    Site site = a.site();
    if (!(a.index() instanceof LiteralTree l) || !(l.getValue() instanceof Integer n)) {
      return;
    }
    Subject subject = Subject.of(a.sequence(), site.scope());
    boolean row = subject.member().equals("split");
    Subject told = site.input().origin(row ? row(a.sequence(), site) : subject, site);
    r.treatNamed(
        all,
        row && !told.stored() ? Situation.UNPARSABLE : Situation.EMPTY,
        told,
        a.sequence(),
        a.length() + " < " + (n + 1),
        "When " + site.source(a.sequence()) + " has too few elements",
        0.02);
  }

  /** The text that was split, which is what a message should name. */
  private static Subject row(ExpressionTree parts, Site site) {
    return Subject.of(Subject.splitOf(parts, site.scope()), site.scope());
  }

  /** The greatest fixed index that the method uses on the same sequence. */
  private static int most(Access a, int n) {
    String sequence = java.util.regex.Pattern.quote(a.site().source(a.sequence()));
    String body = a.site().method().map(a.site()::source).orElse("");
    return java.util.regex.Pattern.compile(sequence + "(?:\\[|\\.get\\()(\\d{1,4})[\\])]")
        .matcher(body)
        .results()
        .mapToInt(m -> Integer.parseInt(m.group(1)))
        .reduce(n, Math::max);
  }
}
