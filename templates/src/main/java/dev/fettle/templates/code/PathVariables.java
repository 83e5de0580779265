package dev.fettle.templates.code;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that hold a part of the path of a request: what a controller takes as
 * {@code @PathVariable}, and the parameters of the methods that it hands such a value to. A part of
 * a path names a thing; when there is no such thing, the resource was not found. Immutable.
 */
final class PathVariables {
  private static final int MOST_HOPS = 2000;

  /** A parameter by where it is declared. */
  private record Slot(String owner, String method, int parameters, String name) {}

  /** A method whose parameter holds a part of a path, still to be followed. */
  private record Hop(Unit unit, MethodTree method, Slot slot) {}

  private final Declarations declarations;
  private final Set<Slot> found = new HashSet<>();
  private final Deque<Hop> open = new ArrayDeque<>();

  private PathVariables(Declarations declarations) {
    this.declarations = declarations;
  }

  static PathVariables of(Declarations declarations) {
    PathVariables all = new PathVariables(declarations);
    for (Declared d : declarations.all()) {
      if (d.unit().text().contains("PathVariable") || d.unit().text().contains("PathParam")) {
        d.methods().forEach(m -> all.annotated(d, m));
      }
    }
    for (int hop = 0; hop < MOST_HOPS && !all.open.isEmpty(); hop++) {
      all.follow(all.open.remove());
    }
    all.open.clear();
    return all;
  }

  /** Whether that parameter of a method of that simple type holds a part of a request's path. */
  boolean holds(String owner, MethodTree method, String parameter) {
    return found.contains(
        new Slot(owner, method.getName().toString(), method.getParameters().size(), parameter));
  }

  private void annotated(Declared owner, Declared.Method m) {
    if (m.tree() == null) {
      return;
    }
    for (VariableTree p : m.tree().getParameters()) {
      boolean part =
          p.getModifiers().getAnnotations().stream()
              .map(a -> a.getAnnotationType().toString())
              .anyMatch(a -> a.endsWith("PathVariable") || a.endsWith("PathParam"));
      if (part) {
        add(owner, m, p.getName().toString());
      }
    }
  }

  private void add(Declared owner, Declared.Method m, String parameter) {
    Slot slot = new Slot(owner.simple(), m.name(), m.parameters().size(), parameter);
    if (found.add(slot) && m.tree() != null && m.tree().getBody() != null) {
      open.add(new Hop(owner.unit(), m.tree(), slot));
    }
  }

  /** Looks where a method hands its parameter on to. */
  private void follow(Hop hop) {
    CompilationUnitTree file = hop.unit().tree();
    @Nullable TreePath path = TreePath.getPath(file, hop.method());
    if (path == null) {
      return;
    }
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
        for (int i = 0; i < call.getArguments().size(); i++) {
          if (call.getArguments().get(i) instanceof IdentifierTree name
              && name.getName().contentEquals(hop.slot().name())) {
            handed(hop, call, i, getCurrentPath());
          }
        }
        return super.visitMethodInvocation(call, none);
      }
    }.scan(path, null);
  }

  private void handed(Hop hop, MethodInvocationTree call, int argument, TreePath at) {
    int count = call.getArguments().size();
    Optional<Declarations.Found> callee;
    if (call.getMethodSelect() instanceof MemberSelectTree s) {
      TypeName receiver = receiver(hop, s.getExpression(), at);
      callee = declarations.method(receiver, s.getIdentifier().toString(), count);
    } else {
      callee =
          declarations.method(
              TypeName.of(hop.slot().owner()), call.getMethodSelect().toString(), count);
    }
    callee.ifPresent(
        c -> {
          add(c.owner(), c.method(), c.method().parameters().get(argument).name());
          if (c.owner().isInterface()) {
            implementers(c, argument);
          }
        });
  }

  private TypeName receiver(Hop hop, ExpressionTree receiver, TreePath at) {
    String text = receiver.toString();
    boolean type =
        !text.isEmpty()
            && text.substring(0, 1).toUpperCase(Locale.ROOT).equals(text.substring(0, 1));
    return type && declarations.type(text).isPresent()
        ? TypeName.of(text)
        : Scope.at(declarations, hop.unit(), at).typeOf(receiver);
  }

  private void implementers(Declarations.Found declared, int argument) {
    for (Declared d : declarations.all()) {
      if (!d.qualified().equals(declared.owner().qualified())
          && declarations.below(d.simple(), declared.owner().simple())) {
        d.method(declared.method().name(), declared.method().parameters().size())
            .ifPresent(m -> add(d, m, m.parameters().get(argument).name()));
      }
    }
  }
}
