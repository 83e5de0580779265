package dev.fettle.templates.absent;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an Optional that came out of a stream is about: a search by a key is a lookup, a maximum of
 * everything is about the collection.
 */
record StreamSource(Situation situation, Subject subject) {

  static StreamSource of(ExpressionTree optional, Site site) {
    Subject plain = Subject.of(optional, site.scope());
    ExpressionTree e = optional;
    ExpressionTree filter = null;
    while (e instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s) {
      if (s.getIdentifier().contentEquals("stream")) {
        return filter == null
            ? Looked.up(s.getExpression(), site)
                .map(found -> new StreamSource(Situation.ABSENT, found))
                .orElseGet(
                    () ->
                        new StreamSource(
                            Situation.EMPTY, Subject.of(s.getExpression(), site.scope())))
            : new StreamSource(Situation.ABSENT, searched(plain, filter, s.getExpression(), site));
      }
      if (s.getIdentifier().contentEquals("filter") && m.getArguments().size() == 1) {
        filter = m.getArguments().get(0);
      }
      e = s.getExpression();
    }
    return new StreamSource(Situation.ABSENT, plain);
  }

  private static Subject searched(
      Subject plain, ExpressionTree filter, ExpressionTree collection, Site site) {
    ExpressionTree key = key(filter);
    TypeName element = site.typeOf(collection).element();
    boolean thing =
        element.known()
            && site.input().declarations().type(element).filter(d -> !d.isEnum()).isPresent();
    // what is searched is the element, also where the pipeline goes on to a property of it
    TypeName type =
        thing || !plain.type().element().known()
            ? new TypeName("Optional", List.of(element))
            : plain.type();
    return new Subject(
        type,
        plain.text(),
        plain.name(),
        Subject.Source.LOOKUP,
        site.typeOf(collection).simple(),
        plain.member(),
        key,
        key == null ? null : site.source(key),
        false);
  }

  /** The first name in the filter that is not the lambda's own. */
  private static @Nullable ExpressionTree key(ExpressionTree filter) {
    if (!(filter instanceof LambdaExpressionTree l)) {
      return null;
    }
    String own = l.getParameters().get(0).getName().toString();
    List<ExpressionTree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree i, Void none) {
        String name = i.getName().toString();
        if (!name.equals(own) && Character.isLowerCase(name.charAt(0)) && !name.equals("this")) {
          found.add(i);
        }
        return null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
        if (m.getMethodSelect() instanceof MemberSelectTree s) {
          scan(s.getExpression(), none);
        }
        return scan(m.getArguments(), none);
      }
    }.scan(l.getBody(), null);
    return found.isEmpty() ? null : found.get(0);
  }
}
