package dev.fettle.source.locate;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declarations with and assignments to a name. */
final class Definitions extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final String name;
  private final List<Tree> found = new ArrayList<>();
  private boolean fields;

  Definitions(String name) {
    this.name = name;
  }

  List<Tree> in(Tree root) {
    scan(root instanceof MethodTree m ? m.getBody() : root, null);
    return found;
  }

  /** Assignments only, also through {@code this}. */
  List<Tree> fieldIn(Tree root) {
    fields = true;
    scan(root, null);
    return found;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree v, @Nullable Void p) {
    if (!fields && v.getName().contentEquals(name)) {
      found.add(v);
    }
    return super.visitVariable(v, p);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree l, @Nullable Void p) {
    return scan(l.getBody(), p);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree a, @Nullable Void p) {
    if (names(a.getVariable())) {
      found.add(a);
    }
    return super.visitAssignment(a, p);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree a, @Nullable Void p) {
    if (names(a.getVariable())) {
      found.add(a);
    }
    return super.visitCompoundAssignment(a, p);
  }

  private boolean names(ExpressionTree variable) {
    return fields
        ? Declarations.ownName(variable).filter(name::equals).isPresent()
        : variable instanceof IdentifierTree i && i.getName().contentEquals(name);
  }
}
