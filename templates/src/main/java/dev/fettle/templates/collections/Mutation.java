package dev.fettle.templates.collections;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.site.Site;
import java.util.Optional;
import java.util.stream.Stream;

/** A call that changes a collection. */
record Mutation(Site site, MethodInvocationTree call, ExpressionTree target) {
  private static final String CHANGES =
      "add\\w*|remove\\w*|put\\w*|clear|set|sort|replaceAll|retainAll|computeIf\\w*|compute|merge|poll\\w*";

  static Stream<Mutation> in(Site site) {
    return site.expressions().stream().flatMap(e -> of(site, e).stream());
  }

  private static Optional<Mutation> of(Site site, ExpressionTree e) {
    if (!(e instanceof MethodInvocationTree m)
        || !(m.getMethodSelect() instanceof MemberSelectTree s)) {
      return Optional.empty();
    }
    String name = s.getIdentifier().toString();
    if (site.source(s.getExpression()).equals("Collections")
        && name.matches("sort|reverse|shuffle|addAll|swap")
        && !m.getArguments().isEmpty()) {
      return Optional.of(new Mutation(site, m, m.getArguments().get(0)));
    }
    TypeName type = site.typeOf(s.getExpression());
    return (type.sequence() || type.map() || type.simple().equals("Entry")) && name.matches(CHANGES)
        ? Optional.of(new Mutation(site, m, s.getExpression()))
        : Optional.empty();
  }

  /** The class of a changeable copy. */
  static String copyOf(TypeName type) {
    return type.map()
        ? type.simple().equals("TreeMap") || type.simple().equals("SortedMap")
            ? "java.util.TreeMap"
            : "java.util.LinkedHashMap"
        : type.simple().endsWith("Set") ? "java.util.LinkedHashSet" : "java.util.ArrayList";
  }

  /** Whether source text makes a collection that cannot be changed. */
  static boolean fixed(String source) {
    return source.matches(
        "(?s)(java\\.util\\.)?((List|Set|Map)\\.(of|copyOf|ofEntries)|Arrays\\.asList|Collections\\.(empty|unmodifiable|singleton)\\w*)\\(.*"
            + "|.*\\.toList\\(\\)|.*Collectors\\.(toUnmodifiable\\w+|collectingAndThen).*");
  }
}
