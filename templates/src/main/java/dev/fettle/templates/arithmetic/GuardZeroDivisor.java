package dev.fettle.templates.arithmetic;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.TypeName;
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

/** Treats a divisor of zero before dividing. */
final class GuardZeroDivisor implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.ARITHMETIC);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    if (!input.message().matches("(?s).*(by zero|undefined|zero|BigInteger divide).*")) {
      return all.stream();
    }
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof BinaryTree b
            && (b.getKind() == Tree.Kind.DIVIDE || b.getKind() == Tree.Kind.REMAINDER)) {
          treat(site, e, b.getRightOperand(), all);
        } else if (e instanceof CompoundAssignmentTree c
            && (c.getKind() == Tree.Kind.DIVIDE_ASSIGNMENT
                || c.getKind() == Tree.Kind.REMAINDER_ASSIGNMENT)) {
          treat(site, e, c.getExpression(), all);
        } else if (e instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && s.getIdentifier()
                .toString()
                .matches("divide|remainder|mod|floorDiv|floorMod|divideToIntegralValue|dividedBy")
            && !m.getArguments().isEmpty()) {
          boolean two = s.getIdentifier().toString().startsWith("floor");
          treat(site, e, m.getArguments().get(two ? 1 : 0), all);
        }
      }
    }
    return all.stream();
  }

  private static void treat(
      Site site, ExpressionTree division, ExpressionTree divisor, Proposals all) {
    Rewriting r = new Rewriting(site);
    ExpressionTree d = bare(divisor);
    if (d instanceof com.sun.source.tree.LiteralTree || !r.repeatable(d)) {
      return;
    }
    ExpressionTree whole = r.chain(division);
    if (counts(d) && r.wholeStatement(whole).isEmpty() && !r.asked(whole, condition(site, d))) {
      neutral(site.typeOf(whole))
          .ifPresent(
              zero ->
                  all.add(
                      site.parent(whole) instanceof ReturnTree returned
                          ? r.guard(returned, condition(site, d), zero.returned())
                          : r.ternary(whole, condition(site, d), zero),
                      "The average or share of nothing is zero",
                      0.8));
    }
    r.treat(
        all,
        Situation.ZERO,
        Subject.of(d, site.scope()),
        r.chain(division),
        condition(site, d),
        "When " + site.source(d) + " is zero",
        0.02);
  }

  /** Whether the divisor is how many there are, which is zero in the ordinary course of things. */
  private static boolean counts(ExpressionTree d) {
    String text = d.toString();
    return text.matches("(?s).*(\\.(size|length|count)\\(\\)|\\.length)");
  }

  private static Optional<Answer> neutral(TypeName type) {
    String zero =
        switch (type.simple()) {
          case "int", "Integer", "short", "byte" -> "0";
          case "long", "Long" -> "0";
          case "BigDecimal" -> "BigDecimal.ZERO";
          default -> "";
        };
    return zero.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Answer(
                Answer.Kind.DEFAULT,
                zero,
                zero.equals("0") ? Set.of() : Set.of("java.math.BigDecimal"),
                0.8,
                "the neutral " + type.simple()));
  }

  private static String condition(Site site, ExpressionTree d) {
    String text = site.source(d);
    if (text.endsWith(".size()")
        && site.typeOf(
                ((MemberSelectTree) ((MethodInvocationTree) d).getMethodSelect()).getExpression())
            .sequence()) {
      return text.substring(0, text.length() - ".size()".length()) + ".isEmpty()";
    }
    TypeName type = site.typeOf(d);
    return type.simple().startsWith("Big") ? text + ".signum() == 0" : text + " == 0";
  }

  /** {@code BigDecimal.valueOf(n)} is zero when {@code n} is. */
  private static ExpressionTree bare(ExpressionTree e) {
    ExpressionTree x = e;
    while (true) {
      if (x instanceof com.sun.source.tree.ParenthesizedTree p) {
        x = p.getExpression();
      } else if (x instanceof com.sun.source.tree.TypeCastTree c) {
        x = c.getExpression();
      } else if (x instanceof MethodInvocationTree m
          && m.getMethodSelect().toString().matches("Big(Decimal|Integer)\\.valueOf")) {
        x = m.getArguments().get(0);
      } else if (x instanceof com.sun.source.tree.NewClassTree n
          && n.getIdentifier().toString().equals("BigDecimal")) {
        x = n.getArguments().get(0);
      } else {
        return x;
      }
    }
  }
}
