package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import java.util.Set;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Wraps an expression in a call, a cast or an operation, or leaves a part of it alone. */
final class WrapExpression implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("unwrap.operand"), prior.cost("wrap.operation"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof ExpressionTree e)) {
      return;
    }
    TypeMirror type = site.file().typeOf(e).orElse(null);
    if (type == null || type.getKind() == TypeKind.VOID) {
      return;
    }
    unwrap(site, e, type, draft);
    boolean named =
        site.file()
            .elementOf(e)
            .filter(
                x ->
                    x.getKind().isClass()
                        || x.getKind().isInterface()
                        || x.getKind() == javax.lang.model.element.ElementKind.PACKAGE)
            .isPresent();
    if (!named
        && !ChangeConstant.target(site)
        && !(e instanceof ParenthesizedTree)
        && !site.text().isEmpty()) {
      wrap(site, e, type, draft);
    }
  }

  private static void unwrap(Site site, ExpressionTree e, TypeMirror type, Draft draft) {
    boolean alone = site.parent().getKind() == Tree.Kind.EXPRESSION_STATEMENT;
    if (alone) {
      return;
    }
    if (e instanceof BinaryTree b) {
      boolean condition = type.getKind() == TypeKind.BOOLEAN;
      boolean logical =
          b.getKind() == Tree.Kind.CONDITIONAL_AND || b.getKind() == Tree.Kind.CONDITIONAL_OR;
      if (!condition || logical) {
        String operator = logical ? "condition.dropOperand" : "unwrap.operand";
        draft.replace(operator, 0, site.text(b.getLeftOperand()));
        draft.replace(operator, 0, site.text(b.getRightOperand()));
      }
    } else if (e instanceof MethodInvocationTree call) {
      if (call.getMethodSelect() instanceof MemberSelectTree select
          && site.file().typeOf(select.getExpression()).isPresent()
          && site.around().fits(site.file().typeOf(select.getExpression()).get(), type)) {
        draft.replace("unwrap.call", 0, site.text(select.getExpression()));
      }
      for (ExpressionTree argument : call.getArguments()) {
        if (site.file().typeOf(argument).filter(t -> site.around().fits(t, type)).isPresent()) {
          draft.replace("unwrap.call", 0, site.text(argument));
        }
      }
    } else if (e instanceof NewClassTree made && made.getClassBody() == null) {
      for (ExpressionTree argument : made.getArguments()) {
        if (site.file().typeOf(argument).filter(t -> site.around().fits(t, type)).isPresent()) {
          draft.replace("unwrap.call", 0.3, site.text(argument));
        }
      }
    } else if (e instanceof TypeCastTree cast) {
      draft.replace("cast.drop", 0, site.text(cast.getExpression()));
      if (cast.getExpression() instanceof ParenthesizedTree p
          && p.getExpression() instanceof BinaryTree b) {
        String to = site.text(cast.getType());
        draft.replace("cast.move", 0, "(" + to + ") " + site.text(b));
      }
    } else if (e instanceof ConditionalExpressionTree c) {
      draft.replace("ternary.pick", 0, site.text(c.getTrueExpression()));
      draft.replace("ternary.pick", 0, site.text(c.getFalseExpression()));
      draft.replace(
          "ternary.swap",
          0,
          site.text(c.getCondition())
              + " ? "
              + site.text(c.getFalseExpression())
              + " : "
              + site.text(c.getTrueExpression()));
    } else if (e instanceof ArrayAccessTree a
        && site.around().fits(site.file().typeOf(a.getIndex()).orElse(type), type)
        && type.getKind() == TypeKind.INT) {
      draft.replace("unwrap.element", 0, site.text(a.getIndex()));
    }
  }

  private static void wrap(Site site, ExpressionTree e, TypeMirror type, Draft draft) {
    String text = site.text();
    boolean simple =
        e instanceof IdentifierTree
            || e instanceof LiteralTree
            || e instanceof MethodInvocationTree
            || e instanceof MemberSelectTree
            || e instanceof ArrayAccessTree;
    String closed = simple ? text : "(" + text + ")";
    boolean tight =
        site.parent() instanceof BinaryTree
            || site.parent() instanceof UnaryTree
            || site.parent() instanceof TypeCastTree
            || site.parent() instanceof MemberSelectTree;
    boolean plainLiteral = e instanceof LiteralTree;
    if (SwapOperator.numeric(site, e) && type.getKind() != TypeKind.CHAR) {
      double size = 0.2 * Math.max(0, Surroundings.size(e) - 1);
      if (!plainLiteral) {
        draft.replace("wrap.abs", 0.5 + size, "Math.abs(" + text + ")");
        draft.replace("wrap.negate", 0.3 + size, "-" + closed);
      }
      for (Surroundings.Expression other : site.around().expressions(site.path())) {
        if (other.size() > 3
            || other.text().equals(text)
            || !other.type().getKind().isPrimitive()
            || other.type().getKind() == TypeKind.BOOLEAN
            || (other.type().getKind() == TypeKind.CHAR && type.getKind() != TypeKind.INT)) {
          continue;
        }
        boolean literal = other.names().isEmpty();
        if (literal && plainLiteral) {
          continue;
        }
        double extra = size + 0.35 * (other.size() - 1) + (literal ? 0.4 : 0);
        String right =
            other.size() > 2 && other.text().contains(" ")
                ? "(" + other.text() + ")"
                : other.text();
        if (!text.startsWith("Math.")) {
          draft.replace("wrap.extreme", extra, "Math.max(" + text + ", " + other.text() + ")");
          draft.replace("wrap.extreme", extra, "Math.min(" + text + ", " + other.text() + ")");
        }
        if (Set.of("0", "1").contains(other.text())) {
          continue;
        }
        for (String operator : new String[] {"+", "-", "*", "/", "%"}) {
          String both = closed + " " + operator + " " + right;
          double odd = operator.equals("+") || operator.equals("-") ? 0 : 0.7;
          draft.replace("wrap.operation", extra + odd, tight ? "(" + both + ")" : both);
        }
      }
      if (type.getKind() == TypeKind.INT) {
        boolean product = e instanceof BinaryTree;
        draft.replace("cast.add", 0.2, tight ? "((long) " + closed + ")" : "(long) " + closed);
        if (product && e instanceof BinaryTree b) {
          draft.replace(
              "cast.add", 0, site.file().start(b.getLeftOperand()) < 0 ? text : "(long) " + text);
          draft.replace("cast.add", 0, "(double) " + text);
        }
        draft.replace("cast.add", 0.5, tight ? "((double) " + closed + ")" : "(double) " + closed);
      } else {
        draft.replace("cast.add", 0.3, "(int) " + closed);
      }
    } else if (type.getKind() == TypeKind.BOOLEAN) {
      negate(site, e, text, closed, draft);
    } else if (type instanceof ArrayType) {
      draft.replace("wrap.copy", 0, closed + ".clone()");
    } else if (site.around().isA(type, "java.lang.String")) {
      for (String call :
          new String[] {"trim()", "toLowerCase()", "toUpperCase()", "substring(1)", "intern()"}) {
        draft.replace("wrap.text", 0.5, closed + "." + call);
      }
    } else if (site.around().isA(type, "java.util.List")
        && site.parent() instanceof MethodInvocationTree) {
      draft.replace("wrap.copy", 0, "new java.util.ArrayList<>(" + text + ")");
    } else if (site.around().isA(type, "java.util.Set")
        && site.parent() instanceof MethodInvocationTree) {
      draft.replace("wrap.copy", 0, "new java.util.HashSet<>(" + text + ")");
    } else if (site.around().isA(type, "java.lang.StringBuilder")
        && site.parent() instanceof MethodInvocationTree) {
      draft.replace("wrap.copy", 0, closed + ".toString()");
    }
  }

  private static void negate(Site site, ExpressionTree e, String text, String closed, Draft draft) {
    boolean relation =
        e instanceof BinaryTree b
            && b.getKind() != Tree.Kind.CONDITIONAL_AND
            && b.getKind() != Tree.Kind.CONDITIONAL_OR;
    if (!relation
        && !(e instanceof LiteralTree)
        && !(e instanceof UnaryTree)
        && !(site.parent() instanceof UnaryTree)) {
      draft.replace("condition.negate", 0, "!" + closed);
    }
    if (e instanceof BinaryTree b
        && (b.getKind() == Tree.Kind.EQUAL_TO || b.getKind() == Tree.Kind.NOT_EQUAL_TO)) {
      boolean objects =
          !SwapOperator.numeric(site, b.getLeftOperand())
              || !SwapOperator.numeric(site, b.getRightOperand())
              || site.file()
                  .typeOf(b.getLeftOperand())
                  .filter(t -> t.getKind() == TypeKind.DECLARED)
                  .isPresent();
      if (objects && b.getRightOperand().getKind() != Tree.Kind.NULL_LITERAL) {
        String not = b.getKind() == Tree.Kind.NOT_EQUAL_TO ? "!" : "";
        String left = site.text(b.getLeftOperand());
        String right = site.text(b.getRightOperand());
        if (site.file()
            .typeOf(b.getLeftOperand())
            .filter(t -> t.getKind().isPrimitive())
            .isEmpty()) {
          draft.replace("equals", 0, not + left + ".equals(" + right + ")");
        }
        draft.replace("equals", 0.5, not + "java.util.Objects.equals(" + left + ", " + right + ")");
      }
    }
    if (e instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("equals")
        && call.getArguments().size() == 1) {
      draft.replace(
          "equals.toIdentity",
          0,
          site.text(select.getExpression()) + " == " + site.text(call.getArguments().get(0)));
    }
    if (!text.isEmpty() && site.parent() instanceof ParenthesizedTree) {
      draft.replace("condition.constant", 0, "true");
      draft.replace("condition.constant", 0, "false");
    }
  }
}
