package dev.fettle.templates.bounds;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.templates.site.Site;
import java.util.stream.Stream;

/** Calls that cut a text. */
final class Substring {
  private Substring() {}

  static Stream<MethodInvocationTree> in(Site site) {
    return site.expressions().stream()
        .filter(MethodInvocationTree.class::isInstance)
        .map(MethodInvocationTree.class::cast)
        .filter(
            m ->
                m.getMethodSelect() instanceof MemberSelectTree s
                    && s.getIdentifier().toString().matches("substring|subSequence"));
  }

  /** Whether an offset was searched for, and may be -1. */
  static boolean search(ExpressionTree offset, Site site) {
    String source = site.source(offset);
    return source.contains("ndexOf(")
        || site.scope()
            .name(source.replaceAll("\\s*[-+]\\s*\\d+$", ""))
            .map(n -> n.tree())
            .map(v -> v.getInitializer())
            .filter(i -> site.source(i).contains("ndexOf("))
            .isPresent();
  }
}
