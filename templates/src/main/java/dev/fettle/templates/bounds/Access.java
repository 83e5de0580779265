package dev.fettle.templates.bounds;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.site.Site;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An access by index.
 *
 * @param whole the access
 * @param sequence what is accessed
 * @param length how many elements that has, in source
 */
record Access(
    Site site, ExpressionTree whole, ExpressionTree sequence, ExpressionTree index, String length) {

  static Stream<Access> in(Site site) {
    return site.expressions().stream().flatMap(e -> of(site, e).stream());
  }

  private static Optional<Access> of(Site site, ExpressionTree e) {
    if (e instanceof ArrayAccessTree a) {
      return Optional.of(
          new Access(
              site,
              e,
              a.getExpression(),
              a.getIndex(),
              site.source(a.getExpression()) + ".length"));
    }
    if (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && m.getArguments().size() >= 1) {
      TypeName type = site.typeOf(s.getExpression());
      String name = s.getIdentifier().toString();
      String text = site.source(s.getExpression());
      if (type.sequence()
          && name.matches("get|set|remove|add")
          && site.typeOf(m.getArguments().get(0)).integral()) {
        return Optional.of(
            new Access(site, e, s.getExpression(), m.getArguments().get(0), text + ".size()"));
      }
      if (type.text() && name.matches("charAt|deleteCharAt")) {
        return Optional.of(
            new Access(site, e, s.getExpression(), m.getArguments().get(0), text + ".length()"));
      }
    }
    return Optional.empty();
  }
}
