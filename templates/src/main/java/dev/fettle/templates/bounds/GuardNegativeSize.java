package dev.fettle.templates.bounds;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.FaultClass;
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

/** Treats a size below zero: refused as the code base refuses, or taken as nothing. */
final class GuardNegativeSize implements RepairTemplate {
  private static final double FILLED = 0.8;

  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.NEGATIVE_ARRAY_SIZE, FaultClass.ILLEGAL_ARGUMENT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        size(e, site).ifPresent(n -> guard(site, e, n, all));
      }
    }
    return all.stream();
  }

  private static Optional<ExpressionTree> size(ExpressionTree e, Site site) {
    if (e instanceof NewArrayTree a && a.getDimensions().size() == 1) {
      return Optional.of(a.getDimensions().get(0));
    }
    boolean sized =
        e instanceof NewClassTree n
                && n.getIdentifier().toString().matches("(Array|Hash|LinkedHash)\\w+<?.*")
            || e instanceof MethodInvocationTree m
                && m.getMethodSelect().toString().matches(".*(\\.repeat|\\.limit|\\.skip|copyOf)");
    Stream<? extends ExpressionTree> arguments =
        e instanceof NewClassTree n
            ? n.getArguments().stream()
            : e instanceof MethodInvocationTree m ? m.getArguments().stream() : Stream.empty();
    return sized
        ? arguments.filter(a -> site.typeOf(a).integral()).map(a -> (ExpressionTree) a).findFirst()
        : Optional.empty();
  }

  /** What fills a text up has nothing to fill where it is long enough. */
  private static boolean filling(ExpressionTree e) {
    return e instanceof MethodInvocationTree m
        && m.getMethodSelect().toString().endsWith(".repeat")
        && m.getArguments().get(0) instanceof BinaryTree b
        && b.getKind() == Tree.Kind.MINUS;
  }

  private static void guard(Site site, ExpressionTree e, ExpressionTree size, Proposals all) {
    Rewriting r = new Rewriting(site);
    String n = site.source(size);
    if (n.contains("Math.max")) {
      return;
    }
    if (r.repeatable(size)) {
      r.treat(
          all,
          Situation.OUT_OF_RANGE,
          Given.by(size, site).orElseGet(() -> Subject.of(size, site.scope())),
          e,
          n + " < 0",
          "When " + n + " is negative",
          0);
    }
    all.add(
        site.edits().replace(size, "Math.max(0, " + n + ")"),
        "A size below zero counts as none",
        filling(e) ? FILLED : 0.53);
  }
}
