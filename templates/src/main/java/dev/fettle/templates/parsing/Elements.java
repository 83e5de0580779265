package dev.fettle.templates.parsing;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import java.util.Optional;

/** Where the values come from that a stream or an Optional gives to a method reference. */
final class Elements {
  private Elements() {}

  /** Empty where the values are only read after the statement: a stream that is not used up yet. */
  static Optional<ExpressionTree> of(MemberReferenceTree reference, Site site) {
    Tree step = site.parent(reference);
    if (!(step instanceof MethodInvocationTree map)
        || !(map.getMethodSelect() instanceof MemberSelectTree s)) {
      return Optional.empty();
    }
    String result = site.typeOf(new Rewriting(site).chain(map)).simple();
    boolean usedUp = !result.endsWith("Stream") && !result.equals("?");
    return usedUp ? Optional.of(source(s.getExpression(), site)) : Optional.empty();
  }

  private static ExpressionTree source(ExpressionTree receiver, Site site) {
    ExpressionTree e = receiver;
    while (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      boolean function = s.getExpression() instanceof IdentifierTree i && type(i);
      if (function) {
        return m.getArguments().size() == 1
            ? Subject.splitOf(m.getArguments().get(0), site.scope())
            : e;
      }
      if (s.getIdentifier().contentEquals("stream")) {
        return Subject.splitOf(s.getExpression(), site.scope());
      }
      String made = site.typeOf(s.getExpression()).simple();
      if (!made.endsWith("Stream") && !made.startsWith("Optional")) {
        return e;
      }
      e = s.getExpression();
    }
    return e;
  }

  private static boolean type(IdentifierTree i) {
    return i.getName().toString().matches("Stream|Arrays|Optional|StreamSupport|Stream\\w+");
  }
}
