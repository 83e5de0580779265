package dev.fettle.source.java;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Collects the variables in scope at a place, going outward. */
final class VariableScope {
  private final JavaFile file;
  private final Map<String, VisibleVariable> found = new LinkedHashMap<>();
  private final List<StatementTree> before = new ArrayList<>();
  private boolean staticContext;

  VariableScope(JavaFile file) {
    this.file = file;
  }

  List<VisibleVariable> at(TreePath at) {
    for (TreePath p = at; p.getParentPath() != null; p = p.getParentPath()) {
      outward(p.getParentPath(), p.getLeaf());
    }
    return List.copyOf(found.values());
  }

  private void outward(TreePath parent, Tree from) {
    Tree around = parent.getLeaf();
    if (around instanceof BlockTree b) {
      statements(b.getStatements(), from);
      staticContext |= b.isStatic();
    } else if (around instanceof CaseTree c && c.getStatements() != null) {
      statements(c.getStatements(), from);
    } else if (around instanceof ForLoopTree f) {
      f.getInitializer().forEach(s -> declare(s, VisibleVariable.Kind.LOCAL, false));
    } else if (around instanceof EnhancedForLoopTree f && from != f.getExpression()) {
      declare(f.getVariable(), VisibleVariable.Kind.LOCAL, true);
    } else if (around instanceof TryTree t
        && (from == t.getBlock() || t.getResources().contains(from))) {
      t.getResources().stream()
          .filter(r -> file.start(r) < file.start(from))
          .forEach(r -> declare(r, VisibleVariable.Kind.LOCAL, true));
    } else if (around instanceof CatchTree c) {
      declare(c.getParameter(), VisibleVariable.Kind.LOCAL, true);
    } else if (around instanceof LambdaExpressionTree l) {
      l.getParameters().forEach(v -> declare(v, VisibleVariable.Kind.PARAMETER, true));
    } else if (around instanceof MethodTree m) {
      m.getParameters().forEach(v -> declare(v, VisibleVariable.Kind.PARAMETER, true));
      staticContext |= m.getModifiers().getFlags().contains(Modifier.STATIC);
    } else if (around instanceof VariableTree v
        && file.elementOf(v).filter(e -> e.getKind() == ElementKind.FIELD).isPresent()) {
      staticContext |= v.getModifiers().getFlags().contains(Modifier.STATIC);
    } else if (around instanceof IfTree i && from == i.getThenStatement()) {
      bindings(i.getCondition());
    } else if (around instanceof ConditionalExpressionTree c && from == c.getTrueExpression()) {
      bindings(c.getCondition());
    } else if (around instanceof BinaryTree b
        && b.getKind() == Tree.Kind.CONDITIONAL_AND
        && from == b.getRightOperand()) {
      bindings(b.getLeftOperand());
    } else if (around instanceof ClassTree c) {
      fields(c);
    }
  }

  private void statements(List<? extends StatementTree> statements, Tree from) {
    int here = statements.indexOf(from);
    for (int i = here - 1; i >= 0; i--) {
      before.add(statements.get(i));
    }
    for (int i = here - 1; i >= 0; i--) {
      declare(statements.get(i), VisibleVariable.Kind.LOCAL, false);
    }
  }

  private void declare(Tree tree, VisibleVariable.Kind kind, boolean assigned) {
    if (tree instanceof VariableTree v) {
      Element element = file.trees().getElement(file.path(v));
      String name = v.getName().toString();
      if (element != null && !name.isEmpty()) {
        boolean has =
            assigned
                || v.getInitializer() != null
                || before.stream().anyMatch(s -> assigns(s, name));
        found.putIfAbsent(name, new VisibleVariable(name, element.asType(), kind, has, element));
      }
    }
  }

  /** Whether a statement that completes normally has certainly given the variable a value. */
  private static boolean assigns(@Nullable Tree statement, String name) {
    if (statement instanceof ExpressionStatementTree e) {
      return e.getExpression() instanceof AssignmentTree a
          && a.getVariable() instanceof IdentifierTree i
          && i.getName().contentEquals(name);
    }
    if (statement instanceof BlockTree b) {
      return b.getStatements().stream().anyMatch(s -> assigns(s, name));
    }
    if (statement instanceof IfTree i) {
      return assignsOrLeaves(i.getThenStatement(), name)
          && assignsOrLeaves(i.getElseStatement(), name);
    }
    if (statement instanceof TryTree t) {
      return (t.getFinallyBlock() != null && assigns(t.getFinallyBlock(), name))
          || (assigns(t.getBlock(), name)
              && t.getCatches().stream().allMatch(c -> assignsOrLeaves(c.getBlock(), name)));
    }
    return false;
  }

  private static boolean assignsOrLeaves(@Nullable Tree statement, String name) {
    if (assigns(statement, name)) {
      return true;
    }
    Tree last =
        statement instanceof BlockTree b && !b.getStatements().isEmpty()
            ? b.getStatements().get(b.getStatements().size() - 1)
            : statement;
    return last instanceof ReturnTree || last instanceof ThrowTree;
  }

  private void bindings(Tree condition) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBindingPattern(BindingPatternTree b, @Nullable Void p) {
        declare(b.getVariable(), VisibleVariable.Kind.LOCAL, true);
        return null;
      }

      @Override
      public @Nullable Void visitBinary(BinaryTree b, @Nullable Void p) {
        return b.getKind() == Tree.Kind.CONDITIONAL_OR ? null : super.visitBinary(b, p);
      }

      @Override
      public @Nullable Void visitUnary(com.sun.source.tree.UnaryTree u, @Nullable Void p) {
        return u.getKind() == Tree.Kind.LOGICAL_COMPLEMENT ? null : super.visitUnary(u, p);
      }
    }.scan(condition, null);
  }

  private void fields(ClassTree type) {
    if (file.trees().getElement(file.path(type)) instanceof TypeElement element) {
      for (Element member : file.members(element)) {
        boolean usable =
            member.getKind() == ElementKind.FIELD
                && (!staticContext || member.getModifiers().contains(Modifier.STATIC))
                && (element.equals(member.getEnclosingElement())
                    || !member.getModifiers().contains(Modifier.PRIVATE));
        if (usable) {
          String name = member.getSimpleName().toString();
          found.putIfAbsent(
              name,
              new VisibleVariable(
                  name,
                  member.asType(),
                  VisibleVariable.Kind.FIELD,
                  true,
                  (VariableElement) member));
        }
      }
      staticContext |= element.getModifiers().contains(Modifier.STATIC);
    }
  }
}
