package dev.fettle.templates.arguments;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.bounds.Given;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses a number, as the code base refuses others, before a library does in its own way. */
final class RefuseIllegalArgument implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.ILLEGAL_ARGUMENT);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        List<? extends ExpressionTree> arguments =
            e instanceof MethodInvocationTree m
                ? m.getArguments()
                : e instanceof NewClassTree n ? n.getArguments() : List.of();
        List<? extends ExpressionTree> numbers =
            arguments.stream()
                .filter(a -> site.typeOf(a).integral() && !(a instanceof LiteralTree))
                .toList();
        numbers.forEach(a -> refuse(a, e, numbers.size() == 1, site, all));
      }
    }
    return all.stream();
  }

  /** Where no value was captured, the message must do, and there must be one number to mean. */
  private static void refuse(
      ExpressionTree argument, ExpressionTree call, boolean only, Site site, Proposals all) {
    String message = site.input().message();
    OptionalLong value = value(argument, site.input());
    boolean zero = wantsOne(message) && (value.isPresent() ? value.getAsLong() <= 0 : only);
    boolean negative =
        value.isPresent()
            ? value.getAsLong() < 0
            : only && message.matches("(?is).*(negative|less than zero|< 0).*");
    if (!negative && !zero) {
      return;
    }
    String text = site.source(argument);
    String condition = text + (zero ? " <= 0" : " < 0");
    new Rewriting(site)
        .treat(
            all,
            Situation.OUT_OF_RANGE,
            Given.by(argument, site).orElseGet(() -> Subject.of(argument, site.scope())),
            call,
            condition,
            "When " + text + " is " + (zero ? "not positive" : "negative"),
            0);
  }

  private static boolean wantsOne(String message) {
    return message.matches("(?is).*(positive|greater than|at least|less than (one|1)|non-?zero).*");
  }

  /** What a variable, or one with a constant added or taken off, was seen to hold. */
  private static OptionalLong value(ExpressionTree e, TemplateInput input) {
    if (e instanceof LiteralTree l && l.getValue() instanceof Integer n) {
      return OptionalLong.of(n);
    }
    if (e instanceof IdentifierTree i) {
      return input
          .seen(i.getName().toString())
          .filter(CapturedValue.Scalar.class::isInstance)
          .map(v -> number(((CapturedValue.Scalar) v).text()))
          .orElse(OptionalLong.empty());
    }
    if (e instanceof BinaryTree b
        && (b.getKind() == Tree.Kind.MINUS || b.getKind() == Tree.Kind.PLUS)) {
      OptionalLong left = value(b.getLeftOperand(), input);
      OptionalLong right = value(b.getRightOperand(), input);
      if (left.isPresent() && right.isPresent()) {
        long sign = b.getKind() == Tree.Kind.MINUS ? -1 : 1;
        return OptionalLong.of(left.getAsLong() + sign * right.getAsLong());
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(String text) {
    return text.matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
