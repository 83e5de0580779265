package dev.fettle.templates.site;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Need;

/** How the value of an expression is used, read from the tree around it. */
final class Uses {
  private final Site site;

  Uses(Site site) {
    this.site = site;
  }

  Need.Use of(ExpressionTree e) {
    Tree parent = site.parent(e);
    if (parent instanceof MemberSelectTree s && site.parent(s) instanceof MethodInvocationTree) {
      Need.Use byName = arithmetic(s.getIdentifier().toString());
      return byName != Need.Use.OTHER ? byName : Need.Use.OTHER;
    }
    if (parent instanceof BinaryTree b) {
      return switch (b.getKind()) {
        case PLUS, MINUS -> site.typeOf(b).text() ? Need.Use.CONCATENATED : Need.Use.ADDED;
        case MULTIPLY, DIVIDE, REMAINDER -> Need.Use.MULTIPLIED;
        case CONDITIONAL_AND, CONDITIONAL_OR -> Need.Use.CONDITION;
        default -> Need.Use.OTHER;
      };
    }
    if (parent instanceof CompoundAssignmentTree c) {
      boolean sum =
          c.getKind() == Tree.Kind.PLUS_ASSIGNMENT || c.getKind() == Tree.Kind.MINUS_ASSIGNMENT;
      return !sum
          ? Need.Use.MULTIPLIED
          : site.typeOf(c.getVariable()).text() ? Need.Use.CONCATENATED : Need.Use.ADDED;
    }
    if (parent instanceof MethodInvocationTree m) {
      String name =
          m.getMethodSelect() instanceof MemberSelectTree s
              ? s.getIdentifier().toString()
              : m.getMethodSelect().toString();
      Need.Use byName = numeric(e) ? arithmetic(name) : Need.Use.OTHER;
      return byName != Need.Use.OTHER
          ? byName
          : name.equals("append") ? Need.Use.CONCATENATED : Need.Use.PASSED;
    }
    if (parent instanceof NewClassTree) {
      return Need.Use.PASSED;
    }
    if (parent instanceof ReturnTree || parent instanceof LambdaExpressionTree) {
      return site.typeOf(e).simple().equals("boolean") ? Need.Use.CONDITION : Need.Use.RETURNED;
    }
    if (parent instanceof EnhancedForLoopTree) {
      return Need.Use.ITERATED;
    }
    if (parent instanceof IfTree
        || parent instanceof UnaryTree u && u.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return Need.Use.CONDITION;
    }
    return Need.Use.OTHER;
  }

  private boolean numeric(ExpressionTree e) {
    return site.typeOf(e).numeric();
  }

  private static Need.Use arithmetic(String method) {
    return switch (method) {
      case "add", "subtract", "plus", "minus", "addExact", "sum", "subtractExact" -> Need.Use.ADDED;
      case "multiply", "divide", "multiplyExact", "multipliedBy", "times" -> Need.Use.MULTIPLIED;
      default -> Need.Use.OTHER;
    };
  }

  /** The type that is wanted where the expression stands, its own where the place does not say. */
  TypeName wanted(ExpressionTree e) {
    TypeName own = site.typeOf(e);
    Tree parent = site.parent(e);
    if (parent instanceof VariableTree v && v.getType() != null && v.getInitializer() != null) {
      TypeName t = TypeName.parse(v.getType().toString());
      return t.known() ? t : own;
    }
    if (parent instanceof AssignmentTree a) {
      TypeName t = site.typeOf(a.getVariable());
      return t.known() ? t : own;
    }
    return own;
  }
}
