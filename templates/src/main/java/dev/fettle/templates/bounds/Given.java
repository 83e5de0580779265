package dev.fettle.templates.bounds;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Site;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A number that is computed from parameters alone: the caller named it. */
public final class Given {
  private Given() {}

  /** The parameters as what a message should name; empty when other variables take part. */
  public static Optional<Subject> by(ExpressionTree number, Site site) {
    Set<String> parameters = new LinkedHashSet<>();
    boolean[] others = {false};
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree i, Void none) {
        String name = i.getName().toString();
        Optional<Scope.Name> known = site.scope().name(name);
        if (known.isPresent() && known.get().kind() == Scope.Name.Kind.PARAMETER) {
          parameters.add(name);
        } else if (known.isPresent() && !name.equals(name.toUpperCase(java.util.Locale.ROOT))) {
          others[0] = true;
        }
        return null;
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
        if (m.getMethodSelect() instanceof MemberSelectTree s) {
          scan(s.getExpression(), none);
        } else {
          others[0] = true;
        }
        return scan(m.getArguments(), none);
      }
    }.scan(number, null);
    if (parameters.isEmpty() || others[0]) {
      return Optional.empty();
    }
    String names = String.join(" and ", parameters);
    String text = String.join(" + \", \" + ", parameters);
    return Optional.of(
        new Subject(
            TypeName.of("int"), text, names, Subject.Source.PARAMETER, "", "", null, null, false));
  }
}
