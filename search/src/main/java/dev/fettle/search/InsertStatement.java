package dev.fettle.search;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Puts statements of the file, guards, small assignments and calls where they are missing. */
final class InsertStatement implements Family {
  /** Types of exceptions that are thrown under a condition at one place. */
  private static final int THROWN = 3;

  /** Values that a method may return under a condition. */
  private static final int RETURNED = 16;

  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("insert.copy"), prior.cost("guard.return"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof BlockTree block && block.getStatements().isEmpty()) {
      fill(site, draft);
    }
    if (!(site.tree() instanceof StatementTree s) || !ChangeStatement.inList(site)) {
      return;
    }
    guards(site, s, draft);
    Set<String> names = new HashSet<>();
    site.around().variables(site.path()).forEach(v -> names.add(v.name()));
    for (Surroundings.Statement other : site.around().statements()) {
      if (names.containsAll(other.names()) && !(other.tree() instanceof BlockTree)) {
        double distance = sameMethod(site, other) ? 0 : 1.0;
        put(site, s, "insert.copy", 0.12 * other.size() + distance, other.text(), draft);
      }
    }
    made(site, s, draft);
  }

  /** Statements of the file in a block that has none. */
  private static void fill(Site site, Draft draft) {
    Set<String> names = new HashSet<>();
    site.around().variables(site.path()).forEach(v -> names.add(v.name()));
    for (Surroundings.Statement other : site.around().statements()) {
      if (names.containsAll(other.names()) && !(other.tree() instanceof BlockTree)) {
        double distance = sameMethod(site, other) ? 0 : 1.0;
        draft.insert("insert.copy", 0.12 * other.size() + distance, site.start() + 1, other.text());
      }
    }
  }

  private static boolean sameMethod(Site site, Surroundings.Statement other) {
    Tree method = Surroundings.methodAround(site.path());
    return method != null
        && site.file().start(method) <= other.start()
        && other.start() < site.file().end(method);
  }

  /** Before the statement; after it when it is the last one of its block. */
  private static void put(
      Site site, StatementTree s, String operator, double extra, String text, Draft draft) {
    draft.insert(operator, extra, site.start(), text + "\n");
    boolean last =
        site.parent() instanceof BlockTree b
            && b.getStatements().get(b.getStatements().size() - 1) == s;
    if (last && !leaves(s)) {
      draft.insert(operator, extra, site.end(), "\n" + text);
    }
  }

  private static boolean leaves(StatementTree s) {
    return switch (s.getKind()) {
      case RETURN, THROW, BREAK, CONTINUE -> true;
      default -> false;
    };
  }

  private static void made(Site site, StatementTree s, Draft draft) {
    for (VisibleVariable v : site.around().variables(site.path())) {
      boolean isFinal = v.element().getModifiers().contains(Modifier.FINAL);
      TypeKind kind = v.type().getKind();
      if ((kind == TypeKind.INT || kind == TypeKind.LONG) && !isFinal) {
        put(site, s, "insert.count", 0, v.name() + "++;", draft);
        put(site, s, "insert.count", 0.2, v.name() + "--;", draft);
        put(site, s, "insert.reset", 0, v.name() + " = 0;", draft);
        put(site, s, "insert.reset", 0.5, v.name() + " = 1;", draft);
      } else if (kind == TypeKind.BOOLEAN && !isFinal) {
        put(site, s, "insert.flag", 0, v.name() + " = true;", draft);
        put(site, s, "insert.flag", 0, v.name() + " = false;", draft);
      }
      if (site.around().isA(v.type(), "java.util.List")) {
        put(site, s, "insert.undo", 0, v.name() + ".remove(" + v.name() + ".size() - 1);", draft);
        put(site, s, "insert.collection", 0.4, v.name() + ".clear();", draft);
      }
      if (site.around().isA(v.type(), "java.util.Deque")
          || site.around().isA(v.type(), "java.util.Stack")) {
        put(site, s, "insert.undo", 0, v.name() + ".pop();", draft);
      }
      if (site.around().isA(v.type(), "java.util.Queue")) {
        put(site, s, "insert.undo", 0.3, v.name() + ".poll();", draft);
      }
      if (site.around().isA(v.type(), "java.lang.StringBuilder")) {
        put(
            site,
            s,
            "insert.undo",
            0,
            v.name() + ".deleteCharAt(" + v.name() + ".length() - 1);",
            draft);
        put(site, s, "insert.undo", 0.2, v.name() + ".setLength(0);", draft);
      }
      if (v.type().getKind() == TypeKind.ARRAY) {
        put(site, s, "insert.sort", 0, "java.util.Arrays.sort(" + v.name() + ");", draft);
      } else if (site.around().isA(v.type(), "java.util.List")) {
        put(site, s, "insert.sort", 0.3, "java.util.Collections.sort(" + v.name() + ");", draft);
      }
    }
    assignments(site, s, draft);
    calls(site, s, draft);
    if (site.parent() instanceof CaseTree c && c.getStatements() != null) {
      List<? extends StatementTree> all = c.getStatements();
      if (all.get(all.size() - 1) == s && !leaves(s)) {
        draft.insert("insert.exit", 0, site.end(), "\nbreak;");
      }
    }
  }

  /** {@code x = e} for what the file assigns anywhere, with small expressions. */
  private static void assignments(Site site, StatementTree s, Draft draft) {
    int count = 0;
    for (VisibleVariable v : site.around().variables(site.path())) {
      boolean isFinal = v.element().getModifiers().contains(Modifier.FINAL);
      if (isFinal || ++count > 16) {
        continue;
      }
      for (Surroundings.Expression e : site.around().expressions(site.path())) {
        if (e.size() <= 3 && !e.text().equals(v.name()) && site.around().fits(e.type(), v.type())) {
          put(
              site,
              s,
              "insert.assignment",
              0.35 * (e.size() - 1),
              v.name() + " = " + e.text() + ";",
              draft);
        }
      }
    }
  }

  /** One element more: {@code c.add(e)} and {@code m.put(k, e)} with what fits. */
  private static void calls(Site site, StatementTree s, Draft draft) {
    for (VisibleVariable v : site.around().variables(site.path())) {
      boolean collection = site.around().isA(v.type(), "java.util.Collection");
      if (!collection || !(v.type() instanceof javax.lang.model.type.DeclaredType d)) {
        continue;
      }
      TypeMirror element = d.getTypeArguments().isEmpty() ? null : d.getTypeArguments().get(0);
      for (Surroundings.Expression e : site.around().expressions(site.path())) {
        if (element != null && e.size() <= 3 && site.around().fits(e.type(), element)) {
          put(
              site,
              s,
              "insert.add",
              0.35 * (e.size() - 1),
              v.name() + ".add(" + e.text() + ");",
              draft);
        }
      }
    }
  }

  private static void guards(Site site, StatementTree s, Draft draft) {
    List<Exit> exits = exits(site);
    boolean declares = s instanceof VariableTree;
    String beside = site.text();
    for (Predicates.Predicate p : Predicates.at(site)) {
      double odd = p.extra() + Words.strangeness(p.text(), beside);
      for (Exit exit : exits) {
        draft.insert(
            exit.operator(),
            odd + exit.extra(),
            site.start(),
            "if (" + p.text() + ") " + exit.text() + "\n");
      }
      if (!declares && !(s instanceof BlockTree)) {
        draft.edits(
            "guard.wrap",
            odd + (s instanceof ExpressionStatementTree ? 0 : 0.4),
            List.of(
                new Edit(site.start(), site.start(), "if (" + p.text() + ") {\n"),
                new Edit(site.end(), site.end(), "\n}")));
      }
    }
    for (Exit exit : exits) {
      if (!leaves(s)) {
        boolean last =
            site.parent() instanceof BlockTree b
                && b.getStatements().get(b.getStatements().size() - 1) == s;
        if (last) {
          draft.insert("insert.exit", exit.extra(), site.end(), "\n" + exit.text());
        }
      }
    }
  }

  /** A way to leave: what it is called in the prior, how odd it is, its text. */
  record Exit(String operator, double extra, String text) {}

  /** Ways to leave from a place: return of what fits, continue, break, what the file throws. */
  static List<Exit> exits(Site site) {
    List<Exit> exits = new ArrayList<>();
    boolean loop = false;
    boolean lambda = false;
    MethodTree method = null;
    for (TreePath p = site.path().getParentPath();
        p != null && method == null;
        p = p.getParentPath()) {
      Tree t = p.getLeaf();
      loop |=
          !lambda
              && (t instanceof ForLoopTree
                  || t instanceof WhileLoopTree
                  || t instanceof DoWhileLoopTree
                  || t instanceof EnhancedForLoopTree);
      lambda |= t instanceof LambdaExpressionTree;
      if (t instanceof MethodTree m) {
        method = m;
      } else if (t instanceof SwitchTree && !loop) {
        exits.add(new Exit("guard.break", 0.2, "break;"));
      }
    }
    if (loop) {
      exits.add(new Exit("guard.continue", 0, "continue;"));
      exits.add(new Exit("guard.break", 0, "break;"));
    }
    if (method != null && !lambda) {
      for (String value : values(site, method)) {
        exits.add(
            new Exit("guard.return", 0, value.isEmpty() ? "return;" : "return " + value + ";"));
      }
    }
    thrown(site).forEach(text -> exits.add(new Exit("guard.throw", 0, text)));
    return exits;
  }

  /** One statement for each type that the file throws, the nearest ones; then what is usual. */
  private static List<String> thrown(Site site) {
    Set<String> names = new HashSet<>();
    site.around().variables(site.path()).forEach(v -> names.add(v.name()));
    Map<String, String> byType = new LinkedHashMap<>();
    site.around().statements().stream()
        .filter(s -> s.tree() instanceof ThrowTree && names.containsAll(s.names()))
        .sorted(Comparator.comparingInt(s -> Math.abs(s.start() - site.start())))
        .forEach(
            s -> {
              if (((ThrowTree) s.tree()).getExpression() instanceof NewClassTree made
                  && byType.size() < THROWN) {
                byType.putIfAbsent(made.getIdentifier().toString(), s.text());
              }
            });
    byType.putIfAbsent("IllegalArgumentException", "throw new IllegalArgumentException();");
    return List.copyOf(byType.values());
  }

  /** What has nothing in it, of a type. */
  private static List<String> empty(Site site, TypeMirror type) {
    if (site.around().isA(type, "java.lang.String")) {
      return List.of("\"\"");
    }
    String erased = site.file().types().erasure(type).toString();
    return switch (erased) {
      case "java.util.List", "java.util.Collection", "java.lang.Iterable" ->
          List.of("new java.util.ArrayList<>()", "java.util.Collections.emptyList()");
      case "java.util.ArrayList" -> List.of("new java.util.ArrayList<>()");
      case "java.util.Map" ->
          List.of("new java.util.HashMap<>()", "java.util.Collections.emptyMap()");
      case "java.util.Set" ->
          List.of("new java.util.HashSet<>()", "java.util.Collections.emptySet()");
      case "java.util.Iterator" -> List.of("java.util.Collections.emptyIterator()");
      case "java.util.Optional" -> List.of("java.util.Optional.empty()");
      default -> List.of();
    };
  }

  private static Optional<TypeMirror> owner(Site site, MethodTree method) {
    return method.getModifiers().getFlags().contains(Modifier.STATIC)
        ? Optional.empty()
        : site.file().elementOf(method).map(Element::getEnclosingElement).map(Element::asType);
  }

  private static List<String> values(Site site, MethodTree method) {
    if (method.getReturnType() == null || site.text(method.getReturnType()).equals("void")) {
      return List.of("");
    }
    Set<String> values = new LinkedHashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitReturn(ReturnTree r, @Nullable Void p) {
        if (r.getExpression() != null && Surroundings.size(r.getExpression()) <= 3) {
          values.add(site.text(r.getExpression()));
        }
        return super.visitReturn(r, p);
      }
    }.scan(method.getBody(), null);
    TypeMirror type =
        site.file()
            .elementOf(method)
            .map(e -> ((javax.lang.model.element.ExecutableElement) e).getReturnType())
            .orElse(null);
    if (type == null) {
      return new ArrayList<>(values);
    }
    Set<String> names = new HashSet<>();
    site.around().variables(site.path()).forEach(v -> names.add(v.name()));
    switch (type.getKind()) {
      case BOOLEAN -> {
        values.add("true");
        values.add("false");
      }
      case INT, LONG, DOUBLE -> {
        values.add("0");
        values.add("1");
        values.add("-1");
      }
      case DECLARED -> {
        values.add("null");
        values.addAll(empty(site, type));
        if (owner(site, method).filter(o -> site.around().fits(o, type)).isPresent()) {
          values.add("this");
        }
      }
      case ARRAY -> {
        values.add("null");
        TypeMirror element = ((ArrayType) type).getComponentType();
        if (element.getKind().isPrimitive()) {
          values.add("new " + element + "[0]");
          values.add("new " + element + "[1]");
        } else if (element.getKind() == TypeKind.DECLARED) {
          values.add("new " + site.file().typeText(site.file().types().erasure(element)) + "[0]");
        }
      }
      default -> {
        // Nothing to make up.
      }
    }
    for (Surroundings.Statement other : site.around().statements()) {
      if (other.tree() instanceof ReturnTree r
          && r.getExpression() != null
          && other.size() <= 4
          && values.size() < RETURNED
          && names.containsAll(other.names())
          && site.file()
              .typeOf(r.getExpression())
              .filter(t -> site.file().types().isSameType(t, type))
              .isPresent()) {
        values.add(site.text(r.getExpression()));
      }
    }
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if (e.size() == 1
          && !e.names().isEmpty()
          && values.size() < RETURNED + 4
          && site.around().fits(e.type(), type)) {
        values.add(e.text());
      }
    }
    return new ArrayList<>(values);
  }
}
