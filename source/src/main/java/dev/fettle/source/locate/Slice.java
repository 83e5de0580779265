package dev.fettle.source.locate;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a bad value backward: through assignments of its method, parameters into captured
 * callers, calls into methods of the repository, fields to where they are set. Flow is approximated
 * by source order: assignments after the use do not count, and the last unconditional one ends the
 * search.
 */
final class Slice {
  private static final int DEPTH = 6;

  private final Scene scene;
  private final Wanted wanted;
  private final Declarations declarations;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<Tree> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Where an expression stands.
   *
   * @param site the frame that evaluates it; null in code reached through calls that have returned
   * @param from where the method was called, with {@code call}; null in frames
   */
  private record At(
      JavaFile file, @Nullable Site site, @Nullable At from, @Nullable MethodInvocationTree call) {}

  Slice(Scene scene, Wanted wanted) {
    this.scene = scene;
    this.wanted = wanted;
    this.declarations = new Declarations(scene);
  }

  /** What made the value of an expression of a site, in the order found. */
  List<Finding> of(Site site, ExpressionTree expression) {
    trace(new At(site.file(), site, null, null), expression, 0);
    return findings;
  }

  /** Where the search ended for want of source, one sentence each. */
  List<String> notes() {
    return notes;
  }

  private void trace(At at, ExpressionTree expression, int depth) {
    ExpressionTree e = Evaluated.bare(expression);
    if (depth > DEPTH || findings.size() > 20 || !seen.add(e)) {
      return;
    }
    if (wanted == Wanted.NULL && at.site() != null && new Values(at.site().frame()).isPresent(e)) {
      return;
    }
    if (e instanceof LiteralTree) {
      wanted
          .madeBy(e)
          .ifPresent(
              why ->
                  produced(
                      at,
                      e,
                      0.85,
                      Words.quoted(at.file(), Enclosing.statement(at.file(), e)) + " gives null"));
    } else if (e instanceof IdentifierTree i) {
      variable(at, i.getName().toString(), i, depth);
    } else if (e instanceof MemberSelectTree m) {
      if (m.getExpression().toString().equals("this")) {
        ownField(at, m.getIdentifier().toString(), m, depth);
      } else {
        otherField(at, m.getExpression(), m.getIdentifier().toString(), depth);
      }
    } else if (e instanceof MethodInvocationTree m) {
      call(at, m, depth);
    } else if (e instanceof ConditionalExpressionTree c) {
      trace(at, c.getTrueExpression(), depth + 1);
      trace(at, c.getFalseExpression(), depth + 1);
    } else if (e instanceof AssignmentTree a) {
      trace(at, a.getExpression(), depth + 1);
    } else if (e instanceof ArrayAccessTree a && wanted == Wanted.NULL) {
      produced(
          at, a, 0.5, Words.quoted(at.file(), a) + " holds null: an element that was never set");
    } else if (e instanceof BinaryTree b && wanted == Wanted.ANY) {
      trace(at, b.getLeftOperand(), depth + 1);
      trace(at, b.getRightOperand(), depth + 1);
    }
  }

  private void variable(At at, String name, ExpressionTree use, int depth) {
    TreePath usePath = at.file().path(use);
    Tree root = Enclosing.code(usePath);
    List<Tree> definitions = new Definitions(name).in(root);
    definitions.removeIf(d -> at.file().start(d) >= at.file().start(use));
    definitions.sort(Comparator.comparingInt((Tree d) -> at.file().start(d)).reversed());
    boolean isLocal = definitions.stream().anyMatch(d -> d instanceof VariableTree);
    boolean ended = false;
    for (Tree d : definitions) {
      define(at, name, d, use, depth);
      if (Enclosing.unconditional(at.file().path(d), usePath)) {
        ended = true;
        break;
      }
    }
    loopBound(at, name, usePath);
    if (ended) {
      return;
    }
    Optional<LambdaExpressionTree> lambda = Enclosing.lambdaOf(usePath, name);
    if (lambda.isPresent()) {
      lambdaParameter(at, lambda.get(), name, depth);
    } else if (root instanceof MethodTree m && Enclosing.parameter(m, name) >= 0) {
      parameter(at, m, Enclosing.parameter(m, name), depth);
    } else if (!isLocal) {
      ownField(at, name, use, depth);
    }
  }

  private void define(At at, String name, Tree d, ExpressionTree use, int depth) {
    JavaFile file = at.file();
    if (d instanceof VariableTree v) {
      if (file.path(v).getParentPath().getLeaf() instanceof EnhancedForLoopTree loop
          && loop.getVariable() == v) {
        produced(
            at,
            loop.getExpression(),
            0.5,
            "`" + name + "` is an element of " + Words.quoted(file, loop.getExpression()));
        trace(at, loop.getExpression(), depth + 1);
        return;
      }
      ExpressionTree value = v.getInitializer();
      if (value == null) {
        return;
      }
      boolean startsNull = value.getKind() == Tree.Kind.NULL_LITERAL;
      if (startsNull && wanted == Wanted.NULL) {
        seen.add(value);
        startsAsNull(at, name, v, use);
      } else {
        assigned(at, name, v, value, depth);
      }
    } else if (d instanceof AssignmentTree a) {
      assigned(at, name, a, a.getExpression(), depth);
    } else {
      produced(at, d, 0.5, Words.quoted(file, d) + " changes `" + name + "`");
    }
  }

  private void startsAsNull(At at, String name, VariableTree v, ExpressionTree use) {
    produced(
        at,
        v,
        0.74,
        "`" + name + "` starts as null here and no path that this run took gave it a value");
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitSwitch(SwitchTree s, @Nullable Void p) {
        boolean between =
            at.file().start(s) > at.file().start(v) && at.file().end(s) <= at.file().start(use);
        if (between && !new Definitions(name).in(s).isEmpty()) {
          produced(at, s, 0.8, "no case of this switch gave `" + name + "` a value");
        }
        return super.visitSwitch(s, p);
      }
    }.scan(Enclosing.code(at.file().path(use)), null);
  }

  private void assigned(At at, String name, Tree d, ExpressionTree value, int depth) {
    Optional<String> made = wanted.madeBy(Evaluated.bare(value));
    boolean known = made.isPresent() && !inRepository(at, value);
    int before = findings.size();
    trace(at, value, depth + 1);
    if (!known && findings.size() == before) {
      produced(
          at, d, 0.55, "`" + name + "` gets its value here: " + Words.quoted(at.file(), value));
    }
  }

  private boolean inRepository(At at, ExpressionTree value) {
    return Evaluated.bare(value) instanceof MethodInvocationTree m
        && !declarations.called(at.file(), m, values(at)).isEmpty();
  }

  private static @Nullable Values values(At at) {
    return at.site() == null ? null : new Values(at.site().frame());
  }

  /** An index that runs too far is most often the fault of its loop's condition. */
  private void loopBound(At at, String name, TreePath use) {
    if (wanted != Wanted.ANY) {
      return;
    }
    for (TreePath p = use;
        p != null && !(p.getLeaf() instanceof MethodTree);
        p = p.getParentPath()) {
      ExpressionTree condition =
          p.getLeaf() instanceof ForLoopTree f
              ? f.getCondition()
              : p.getLeaf() instanceof WhileLoopTree w ? w.getCondition() : null;
      if (condition != null
          && condition
              .toString()
              .matches("(?s).*\\b" + java.util.regex.Pattern.quote(name) + "\\b.*")) {
        produced(
            at,
            condition,
            0.72,
            "the loop lets `" + name + "` run while " + Words.quoted(at.file(), condition));
        return;
      }
    }
  }

  private void parameter(At at, MethodTree method, int index, int depth) {
    String name = method.getParameters().get(index).getName().toString();
    At from = at.from();
    MethodInvocationTree call = at.call();
    if (from != null && call != null) {
      if (index < call.getArguments().size()) {
        trace(from, call.getArguments().get(index), depth + 1);
      }
      return;
    }
    Site site = at.site();
    Optional<Site> caller = site == null ? Optional.empty() : scene.caller(site);
    if (site == null || caller.isEmpty()) {
      notes.add("`" + name + "` comes into " + display(at, method) + " from outside of this code.");
      return;
    }
    passed(site, caller.get(), method, index, depth);
  }

  private void passed(Site site, Site caller, MethodTree method, int index, int depth) {
    String name = method.getParameters().get(index).getName().toString();
    JavaFile file = caller.file();
    for (ExpressionTree e : caller.expressions()) {
      List<ExpressionTree> arguments = FailingExpressions.argumentsOf(e);
      if (FailingExpressions.enters(e, site.frame())
          && arguments.size() == method.getParameters().size()) {
        ExpressionTree argument = arguments.get(index);
        if (wanted == Wanted.NULL && new Values(caller.frame()).isPresent(argument)) {
          return;
        }
        String shown =
            new Values(caller.frame())
                .shown(argument)
                .filter(v -> !(Evaluated.bare(argument) instanceof LiteralTree))
                .map(v -> " (" + v + ")")
                .orElse("");
        findings.add(
            new Finding(
                file,
                e,
                Suspect.Role.CALLER,
                Evaluated.bare(argument).getKind() == Tree.Kind.NULL_LITERAL ? 0.86 : 0.62,
                caller.method().display()
                    + " passes "
                    + Words.quoted(file, argument)
                    + shown
                    + " as `"
                    + name
                    + "`"));
        if (Evaluated.bare(argument).getKind() != Tree.Kind.NULL_LITERAL) {
          trace(new At(file, caller, null, null), argument, depth + 1);
        }
        return;
      }
    }
  }

  /** {@code list.forEach(x -> ...)}: the value is an element of the receiver. */
  private void lambdaParameter(At at, LambdaExpressionTree lambda, String name, int depth) {
    Tree parent = at.file().path(lambda).getParentPath().getLeaf();
    if (parent instanceof MethodInvocationTree call) {
      ExpressionTree receiver = FailingExpressions.receiverOf(call);
      if (receiver != null) {
        produced(
            at, receiver, 0.5, "`" + name + "` comes out of " + Words.quoted(at.file(), receiver));
        trace(at, receiver, depth + 1);
      }
    }
  }

  private void ownField(At at, String name, ExpressionTree use, int depth) {
    String owner = Enclosing.classAround(at.file().path(use), at.file());
    field(owner, name, depth);
  }

  private void otherField(At at, ExpressionTree object, String name, int depth) {
    Optional<String> owner =
        at.file()
            .typeOf(object)
            .filter(javax.lang.model.type.DeclaredType.class::isInstance)
            .map(
                t ->
                    at.file()
                        .binaryName(
                            (javax.lang.model.element.TypeElement)
                                ((javax.lang.model.type.DeclaredType) t).asElement()));
    owner.ifPresent(o -> field(o, name, depth));
  }

  private void field(String owner, String name, int depth) {
    Optional<Declarations.Found> found = declarations.field(owner, name);
    if (found.isEmpty() || !seen.add(found.get().field())) {
      return;
    }
    JavaFile file = found.get().file();
    VariableTree field = found.get().field();
    At at = new At(file, null, null, null);
    List<Tree> set = new Definitions(name).fieldIn(file.unit());
    ExpressionTree initial = field.getInitializer();
    if (initial != null && initial.getKind() != Tree.Kind.NULL_LITERAL) {
      if (wanted != Wanted.NULL) {
        int before = findings.size();
        wanted
            .madeBy(Evaluated.bare(initial))
            .ifPresent(
                why ->
                    produced(
                        at,
                        initial,
                        0.85,
                        "`" + name + "`: " + Words.quoted(file, initial) + " " + why));
        if (findings.size() == before) {
          trace(at, initial, depth + 1);
        }
      }
    } else if (wanted == Wanted.NULL && set.isEmpty()) {
      produced(
          at,
          field,
          0.6,
          "field `"
              + name
              + "` of "
              + FailingExpressions.simple(owner)
              + " is not given a value in its class");
    }
    for (Tree s : set) {
      if (s instanceof AssignmentTree a) {
        ExpressionTree value = Evaluated.bare(a.getExpression());
        if (wanted.madeBy(value).isPresent()
            || value instanceof MethodInvocationTree
            || wanted == Wanted.ANY) {
          assigned(at, name, a, a.getExpression(), depth + 1);
        } else if (value instanceof IdentifierTree i) {
          constructed(owner, file, a, i.getName().toString());
        }
      }
    }
    components(owner, field, file);
  }

  /** A record's component, or a field that generated code sets: look at what is passed to new. */
  private void components(String owner, VariableTree field, JavaFile file) {
    Tree parent = file.path(field).getParentPath().getLeaf();
    if (parent instanceof ClassTree c && c.getKind() == Tree.Kind.RECORD) {
      List<VariableTree> components = new ArrayList<>();
      for (Tree t : c.getMembers()) {
        if (t instanceof VariableTree v
            && !v.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.STATIC)) {
          components.add(v);
        }
      }
      newArguments(owner, field.getName().toString(), components.indexOf(field), components.size());
    }
  }

  private void constructed(String owner, JavaFile file, AssignmentTree a, String parameter) {
    Tree root = Enclosing.code(file.path(a));
    if (root instanceof MethodTree m
        && m.getName().contentEquals("<init>")
        && Enclosing.parameter(m, parameter) >= 0) {
      newArguments(owner, parameter, Enclosing.parameter(m, parameter), m.getParameters().size());
    }
  }

  private void newArguments(String owner, String name, int index, int arity) {
    if (index < 0) {
      return;
    }
    for (Declarations.Construction c : declarations.constructions(owner, arity)) {
      ExpressionTree argument = Evaluated.bare(c.tree().getArguments().get(index));
      if (wanted.madeBy(argument).isPresent()) {
        findings.add(
            new Finding(
                c.file(),
                c.tree(),
                Suspect.Role.PRODUCER,
                0.7,
                "an object is made here with "
                    + Words.quoted(c.file(), argument)
                    + " as `"
                    + name
                    + "`"));
      }
    }
  }

  private void call(At at, MethodInvocationTree call, int depth) {
    List<Declarations.Source> sources = declarations.called(at.file(), call, values(at));
    String name = FailingExpressions.nameOf(call);
    if (!sources.isEmpty()) {
      for (Declarations.Source s : sources) {
        returned(at, call, s, depth);
      }
      return;
    }
    String property = property(name, call.getArguments().size());
    for (String owner :
        property.isEmpty() ? List.<String>of() : declarations.ownerOf(at.file(), call)) {
      if (declarations.field(owner, property).isPresent()) {
        produced(
            at,
            call,
            0.5,
            "`"
                + property
                + "` of this "
                + FailingExpressions.simple(owner)
                + " is "
                + (wanted == Wanted.NULL ? "null" : "the bad value"));
        field(owner, property, depth + 1);
        return;
      }
    }
    Optional<String> why = wanted.madeBy(call);
    if (why.isPresent()) {
      produced(at, call, 0.8, Words.quoted(at.file(), call) + " " + why.get() + key(at, call));
    } else if (FailingExpressions.receiverOf(call) != null && wanted == Wanted.IMMUTABLE) {
      trace(at, java.util.Objects.requireNonNull(FailingExpressions.receiverOf(call)), depth + 1);
    }
  }

  private String key(At at, MethodInvocationTree call) {
    Values values = values(at);
    if (values == null || call.getArguments().size() != 1) {
      return "";
    }
    return values.shown(call.getArguments().get(0)).map(k -> "; it was asked for " + k).orElse("");
  }

  private static String property(String method, int arity) {
    if (arity != 0) {
      return "";
    }
    boolean bean = method.matches("get[A-Z].*");
    return bean ? method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4) : method;
  }

  /** What a method of the repository returns. */
  private void returned(At from, MethodInvocationTree call, Declarations.Source source, int depth) {
    MethodNode method = source.method();
    At at = new At(source.file(), null, from, call);
    if (!(method.body() instanceof BlockTree body) || !seen.add(method.tree())) {
      return;
    }
    List<ReturnTree> returns = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitReturn(ReturnTree r, @Nullable Void p) {
        returns.add(r);
        return null;
      }

      @Override
      public @Nullable Void visitLambdaExpression(LambdaExpressionTree l, @Nullable Void p) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree c, @Nullable Void p) {
        return null;
      }
    }.scan(body, null);
    for (ReturnTree r : returns) {
      ExpressionTree value = r.getExpression();
      if (value != null) {
        returns(at, method, r, Evaluated.bare(value), depth);
      }
    }
  }

  private void returns(At at, MethodNode method, ReturnTree r, ExpressionTree value, int depth) {
    boolean isNull =
        wanted == Wanted.NULL
            && (value.getKind() == Tree.Kind.NULL_LITERAL
                || (value instanceof ConditionalExpressionTree c
                    && (c.getTrueExpression().getKind() == Tree.Kind.NULL_LITERAL
                        || c.getFalseExpression().getKind() == Tree.Kind.NULL_LITERAL)));
    if (isNull) {
      produced(at, r, 0.78, method.display() + " returns null here");
      return;
    }
    Optional<String> made = wanted.madeBy(value);
    if (made.isPresent() && !inRepository(at, value)) {
      produced(
          at,
          r,
          0.78,
          method.display()
              + " returns "
              + Words.quoted(at.file(), value)
              + ", which "
              + made.get());
    } else {
      int before = findings.size();
      trace(at, value, depth + 1);
      if (wanted == Wanted.ANY && findings.size() == before) {
        produced(
            at, r, 0.55, method.display() + " returns " + Words.quoted(at.file(), value) + " here");
      }
    }
  }

  private void produced(At at, Tree tree, double score, String evidence) {
    findings.add(new Finding(at.file(), tree, Suspect.Role.PRODUCER, score, evidence));
  }

  private static String display(At at, MethodTree m) {
    return at.file().methodAround(m).map(MethodNode::display).orElse(m.getName().toString());
  }
}
