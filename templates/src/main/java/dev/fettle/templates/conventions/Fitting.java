package dev.fettle.templates.conventions;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rewrites an expression of one place in the names of another. Used once. */
final class Fitting {
  private final Scope from;
  private final Subject seen;
  private final Scope to;
  private final Subject target;
  private final List<Change> changes = new ArrayList<>();
  private final Set<String> imports = new LinkedHashSet<>();
  private boolean possible = true;
  private @Nullable String message;

  private record Change(int start, int end, String text) {}

  /** The result, with the qualified names it needs imported. */
  record Fitted(String text, Set<String> imports) {}

  Fitting(Subject seen, Scope from, Subject target, Scope to) {
    this.seen = seen;
    this.from = from;
    this.target = target;
    this.to = to;
  }

  /**
   * What an exception says instead of a sentence that is about the other place and cannot be turned
   * into one about this.
   *
   * @param sentence an expression of type String
   */
  Fitting saying(String sentence) {
    this.message = sentence;
    return this;
  }

  Optional<Fitted> fit(@Nullable ExpressionTree value) {
    if (value == null) {
      return Optional.of(new Fitted("", Set.of()));
    }
    Unit unit = from.unit();
    if (!unit.written(value)) {
      return Optional.empty();
    }
    if (value instanceof MemberReferenceTree supplier) {
      return supplied(supplier, unit);
    }
    new Walk().scan(value, null);
    return possible ? Optional.of(new Fitted(changed(value, unit), imports)) : Optional.empty();
  }

  /** What a reference without arguments makes: {@code X::new} makes {@code new X()}. */
  private Optional<Fitted> supplied(MemberReferenceTree supplier, Unit unit) {
    ExpressionTree of = supplier.getQualifierExpression();
    new Walk().scan(of, null);
    String text = changed(of, unit);
    boolean made = supplier.getMode() == MemberReferenceTree.ReferenceMode.NEW;
    String call = made ? "new " + text + "()" : text + "." + supplier.getName() + "()";
    return possible ? Optional.of(new Fitted(call, imports)) : Optional.empty();
  }

  private String changed(ExpressionTree value, Unit unit) {
    StringBuilder text = new StringBuilder();
    int at = unit.start(value);
    for (Change c : changes) {
      text.append(unit.text(), at, c.start()).append(c.text());
      at = c.end();
    }
    text.append(unit.text(), at, unit.end(value));
    String line = text.toString().replaceAll("\\s*\\R\\s*", " ");
    return line.replace("( ", "(").replace(" .", ".");
  }

  private final class Walk extends TreeScanner<Void, Void> {
    @Override
    public Void scan(@Nullable Tree tree, Void none) {
      if (!possible || tree == null) {
        return null;
      }
      if (tree instanceof ExpressionTree e && known(e)) {
        return null;
      }
      return super.scan(tree, none);
    }

    /** The subject and its key stand for themselves. */
    private boolean known(ExpressionTree e) {
      if (e instanceof LiteralTree) {
        return false;
      }
      String text = from.unit().text(e);
      if (text.equals(seen.keyText())) {
        if (target.keyText() == null) {
          return false;
        }
        change(e, target.keyText());
        return true;
      }
      if (text.equals(seen.text()) && !(e instanceof MethodInvocationTree m && m == seen.key())) {
        change(e, target.text());
        return true;
      }
      return false;
    }

    @Override
    public Void visitNewClass(NewClassTree n, Void none) {
      scan(n.getIdentifier(), none);
      told(n.getArguments());
      return null;
    }

    private void told(List<? extends ExpressionTree> arguments) {
      for (ExpressionTree argument : arguments) {
        if (message != null && sentence(argument) && !speaks(argument)) {
          change(argument, message);
        } else {
          scan(argument, null);
        }
      }
    }

    /** A text of several words, perhaps with values in between. */
    private boolean sentence(ExpressionTree e) {
      return words(e).stream().anyMatch(l -> l.strip().contains(" "))
          || (!(e instanceof LiteralTree) && words(e).stream().anyMatch(l -> l.contains(" ")));
    }

    private List<String> words(ExpressionTree e) {
      List<String> all = new ArrayList<>();
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitLiteral(LiteralTree l, Void none) {
          if (l.getValue() instanceof String text) {
            all.add(text);
          }
          return null;
        }
      }.scan(e, null);
      return all;
    }

    /** Whether putting one noun for another makes it a sentence about the target. */
    private boolean speaks(ExpressionTree e) {
      boolean named = seen.key() instanceof LiteralTree;
      if (named && !Objects.equals(seen.keyText(), target.keyText())) {
        return false; // about one entry by its name, and this is another
      }
      if (words(e).stream().anyMatch(this::tellsOfTheMethod)) {
        return false;
      }
      if (seen.text().equals(target.text()) && from.className().equals(to.className())) {
        return true;
      }
      boolean nameless =
          to.declarations().type(target.type()).isEmpty()
              && target.keyText() != null
              && !seen.sameOrigin(target);
      return !nameless && words(e).stream().anyMatch(w -> !renamed(w).equals(w) || same(w));
    }

    /** Whether the sentence names the very thing already. */
    private boolean same(String text) {
      return seen.noun(from).equals(target.noun(to))
          && text.contains(Nouns.spoken(seen.noun(from)));
    }

    /** A sentence such as "cannot be cancelled" is about the method it stands in. */
    private boolean tellsOfTheMethod(String text) {
      if (from.method() == null || to.method() == null) {
        return false;
      }
      String verb = Nouns.words(from.method().getName().toString()).get(0);
      boolean elsewhere = !from.method().getName().contentEquals(to.method().getName());
      return elsewhere && verb.length() > 3 && text.toLowerCase(Locale.ROOT).contains(verb);
    }

    private String renamed(String text) {
      String changed = Nouns.replace(text, seen.noun(from), target.noun(to));
      return changed.equals(text)
          ? Nouns.replace(text, Nouns.property(seen.name()), Nouns.property(target.name()))
          : changed;
    }

    @Override
    public Void visitLiteral(LiteralTree l, Void none) {
      if (l.getValue() instanceof String) {
        String text = from.unit().text(l);
        String changed = renamed(text);
        if (!changed.equals(text)) {
          change(l, changed);
        }
      }
      return null;
    }

    @Override
    public Void visitIdentifier(IdentifierTree i, Void none) {
      String name = i.getName().toString();
      Optional<Scope.Name> there = from.name(name);
      if (there.isPresent()) {
        variable(i, there.get());
      } else if (name.equals("this")) {
        possible &= from.className().equals(to.className()) && !to.isStatic();
      } else if (Character.isUpperCase(name.charAt(0))) {
        type(name);
      } else if (from.unit().imported(name).isEmpty()) {
        possible = false;
      }
      return null;
    }

    private void type(String name) {
      if (from.unit().imported(name).isPresent()) {
        imports.add(from.unit().imported(name).get());
      } else {
        from.declarations()
            .type(name)
            .filter(d -> !d.unit().packageName().equals(to.unit().packageName()))
            .map(Declared::qualified)
            .ifPresent(imports::add);
      }
    }

    private void variable(IdentifierTree i, Scope.Name there) {
      String name = there.name();
      Optional<Scope.Name> here = to.name(name);
      if (here.isPresent() && fits(here.get().type(), there.type()) && usable(here.get())) {
        if (!there.field() || from.className().equals(to.className()) || !constant(name)) {
          return;
        }
      }
      if (there.field() && constant(name)) {
        possible &= from.className().equals(to.className());
        return;
      }
      Optional<String> other = nearest(there);
      if (other.isPresent()) {
        change(i, other.get());
      } else {
        possible = false;
      }
    }

    private Optional<String> nearest(Scope.Name there) {
      if (target.key() != null
          && (to.typeOf(target.key()).sameAs(there.type()) || !there.type().known())) {
        return Optional.ofNullable(target.keyText());
      }
      Scope.Name best = null;
      double nearness = 0.3;
      for (Scope.Name n : to.names()) {
        double near = Nouns.nearness(n.name(), there.name());
        if (n.type().sameAs(there.type()) && usable(n) && near > nearness) {
          best = n;
          nearness = near;
        }
      }
      return Optional.ofNullable(best).map(Scope.Name::name);
    }

    private boolean usable(Scope.Name n) {
      return !(n.field() && to.isStatic() && !constant(n.name()));
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree s, Void none) {
      if (s.getExpression() instanceof IdentifierTree i
          && i.getName().contentEquals("this")
          && !from.className().equals(to.className())) {
        possible = false;
        return null;
      }
      return super.visitMemberSelect(s, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
      if (m.getMethodSelect() instanceof IdentifierTree) {
        possible &= from.className().equals(to.className());
        return scan(m.getArguments(), none);
      }
      if (m.getMethodSelect() instanceof MemberSelectTree s
          && s.getExpression() instanceof IdentifierTree type
          && raised(type.getName().toString())) {
        scan(type, none);
        told(m.getArguments());
        return null;
      }
      return super.visitMethodInvocation(m, none);
    }

    private boolean raised(String type) {
      return type.endsWith("Exception")
          || from.declarations().type(type).filter(from.declarations()::throwable).isPresent();
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree l, Void none) {
      possible &= l.getParameters().isEmpty();
      return super.visitLambdaExpression(l, none);
    }

    private void change(Tree t, String text) {
      changes.add(new Change(from.unit().start(t), from.unit().end(t), text));
    }
  }

  private static boolean constant(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  private static boolean fits(TypeName a, TypeName b) {
    return a.sameAs(b) || !a.known() || !b.known();
  }
}
