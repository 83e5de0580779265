package dev.fettle.templates.parsing;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Site;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A call that reads a value from text.
 *
 * @param exception qualified name of what it throws for text it cannot read
 */
record ParseCall(Site site, ExpressionTree call, ExpressionTree text, String exception) {
  static final Set<FaultClass> FAULTS =
      Set.of(FaultClass.NUMBER_FORMAT, FaultClass.DATE_FORMAT, FaultClass.ILLEGAL_ARGUMENT);

  static Stream<ParseCall> in(Site site) {
    return site.expressions().stream().flatMap(e -> of(site, e));
  }

  private static Stream<ParseCall> of(Site site, ExpressionTree e) {
    String thrown = site.input().thrown();
    List<? extends ExpressionTree> arguments = List.of();
    if (e instanceof MethodInvocationTree m && m.getMethodSelect() instanceof MemberSelectTree s) {
      String name = s.getIdentifier().toString();
      if (reads(name, thrown)) {
        arguments = m.getArguments();
      }
    } else if (e instanceof NewClassTree n
        && n.getIdentifier().toString().matches("Big(Decimal|Integer)")) {
      arguments = n.getArguments();
    }
    return !unreadable(thrown) || arguments.isEmpty()
        ? Stream.empty()
        : Stream.of(new ParseCall(site, e, text(arguments, site), thrown));
  }

  /** Whether a reference names what reads a value from text: {@code Long::parseLong}. */
  static boolean reads(MemberReferenceTree r, Site site) {
    String thrown = site.input().thrown();
    boolean makes =
        r.getMode() == MemberReferenceTree.ReferenceMode.NEW
            && r.getQualifierExpression().toString().matches("Big(Decimal|Integer)");
    return unreadable(thrown) && (makes || reads(r.getName().toString(), thrown));
  }

  private static boolean reads(String method, String thrown) {
    return method.matches("parse\\w*|valueOf|fromString|decode|forName")
        || method.equals("of") && thrown.startsWith("java.time.");
  }

  private static boolean unreadable(String thrown) {
    return thrown.equals("java.lang.NumberFormatException")
        || thrown.equals("java.lang.IllegalArgumentException")
        || thrown.startsWith("java.time.");
  }

  private static ExpressionTree text(List<? extends ExpressionTree> arguments, Site site) {
    return arguments.stream()
        .filter(a -> site.typeOf(a).text())
        .map(a -> (ExpressionTree) a)
        .findFirst()
        .orElse(arguments.get(0));
  }
}
