package dev.fettle.templates.conventions;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A local that starts as null and gets elements of a collection in a loop: a search written out, so
 * that null is what it says when it found nothing.
 *
 * @param owner simple type that gave the collection; empty when unknown
 * @param member method that gave it; empty likewise
 * @param key what it searched by: the first parameter that a condition in the loop asks about, else
 *     what the collection was asked for with; null when it searched among all
 */
record Searched(String owner, String member, @Nullable ExpressionTree key) {

  /** The search that {@code name} is the result of; empty when it is none. */
  static Optional<Searched> of(IdentifierTree name, Scope scope) {
    Optional<Scope.Name> local =
        scope.name(name.getName().toString()).filter(n -> n.kind() == Scope.Name.Kind.LOCAL);
    MethodTree method = scope.method();
    boolean startsEmpty =
        local.isPresent()
            && local.get().tree() != null
            && local.get().tree().getInitializer() != null
            && local.get().tree().getInitializer().getKind() == Tree.Kind.NULL_LITERAL;
    if (!startsEmpty || method == null || method.getBody() == null) {
      return Optional.empty();
    }
    Walk walk = new Walk(name.getName().toString(), scope);
    walk.scan(method.getBody(), null);
    return Optional.ofNullable(walk.found);
  }

  private static final class Walk extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String local;
    private final Scope scope;
    private final List<EnhancedForLoopTree> loops = new ArrayList<>();
    private final List<ExpressionTree> conditions = new ArrayList<>();
    private @Nullable Searched found;

    Walk(String local, Scope scope) {
      this.local = local;
      this.scope = scope;
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void none) {
      loops.add(loop);
      super.visitEnhancedForLoop(loop, none);
      loops.remove(loops.size() - 1);
      return null;
    }

    @Override
    public @Nullable Void visitIf(IfTree node, @Nullable Void none) {
      conditions.add(node.getCondition());
      scan(node.getThenStatement(), none);
      conditions.remove(conditions.size() - 1);
      StatementTree otherwise = node.getElseStatement();
      return otherwise == null ? null : scan(otherwise, none);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree a, @Nullable Void none) {
      if (found == null
          && !loops.isEmpty()
          && a.getVariable().toString().equals(local)
          && ofLoop(a.getExpression())) {
        found = searched(Subject.bare(loops.get(loops.size() - 1).getExpression()));
      }
      return super.visitAssignment(a, none);
    }

    /** Whether the value is the loop's element or a property of it. */
    private boolean ofLoop(ExpressionTree value) {
      ExpressionTree root = Subject.bare(value);
      while (root instanceof MethodInvocationTree m
          && m.getMethodSelect() instanceof MemberSelectTree s) {
        root = Subject.bare(s.getExpression());
      }
      String name = root.toString();
      return loops.stream().anyMatch(l -> l.getVariable().getName().contentEquals(name));
    }

    private Searched searched(ExpressionTree collection) {
      ExpressionTree asked = null;
      String owner = "";
      String member = "";
      if (collection instanceof MethodInvocationTree call) {
        boolean own = call.getMethodSelect() instanceof IdentifierTree;
        member =
            call.getMethodSelect() instanceof MemberSelectTree s
                ? s.getIdentifier().toString()
                : call.getMethodSelect().toString();
        TypeName receiver =
            call.getMethodSelect() instanceof MemberSelectTree s
                ? scope.typeOf(s.getExpression())
                : TypeName.UNKNOWN;
        owner = own ? scope.className() : receiver.known() ? receiver.simple() : "";
        asked = call.getArguments().isEmpty() ? null : call.getArguments().get(0);
      }
      ExpressionTree key =
          conditions.stream().flatMap(c -> parameter(c).stream()).findFirst().orElse(asked);
      return new Searched(owner, member, key);
    }

    /** The first of the method's parameters in a condition. */
    private Optional<ExpressionTree> parameter(ExpressionTree condition) {
      List<ExpressionTree> names = new ArrayList<>();
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void none) {
          scope
              .name(i.getName().toString())
              .filter(n -> n.kind() == Scope.Name.Kind.PARAMETER)
              .ifPresent(n -> names.add(i));
          return null;
        }
      }.scan(condition, null);
      return names.stream().findFirst();
    }
  }
}
