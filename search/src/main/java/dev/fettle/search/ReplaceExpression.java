package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** A variable for another, an expression for another of a fitting type. */
final class ReplaceExpression implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("variable"), prior.cost("expression.small"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof ExpressionTree e)
        || e instanceof AssignmentTree
        || e instanceof LambdaExpressionTree
        || e instanceof MemberReferenceTree
        || e instanceof ParenthesizedTree
        || e instanceof CompoundAssignmentTree
        || site.parent() instanceof CaseTree) {
      return;
    }
    if (site.tree() instanceof UnaryTree u && u.getKind().toString().contains("CREMENT")) {
      return;
    }
    boolean called = site.parent() instanceof MethodInvocationTree m && m.getMethodSelect() == e;
    boolean alone = site.parent().getKind() == Tree.Kind.EXPRESSION_STATEMENT;
    if (called || alone) {
      return;
    }
    Optional<TypeMirror> type =
        e.getKind() == Tree.Kind.NULL_LITERAL ? wanted(site) : site.file().typeOf(e);
    Optional<Element> element = site.file().elementOf(e);
    boolean named =
        element
            .map(Element::getKind)
            .filter(
                k ->
                    k.isClass()
                        || k.isInterface()
                        || k == ElementKind.PACKAGE
                        || k == ElementKind.METHOD && !(e instanceof MethodInvocationTree))
            .isPresent();
    if (type.isEmpty() || named || type.get().getKind() == TypeKind.VOID) {
      return;
    }
    boolean target =
        (site.parent() instanceof AssignmentTree a && a.getVariable() == e)
            || (site.parent() instanceof CompoundAssignmentTree c && c.getVariable() == e)
            || (site.parent() instanceof UnaryTree u && u.getKind().toString().contains("CREMENT"));
    int size = Surroundings.size(e);
    String own = site.text();
    boolean tight =
        site.parent() instanceof BinaryTree
            || site.parent() instanceof UnaryTree
            || site.parent() instanceof MemberSelectTree
            || site.parent() instanceof ArrayAccessTree x && x.getExpression() == e;
    for (Surroundings.Expression other : site.around().expressions(site.path())) {
      boolean literal = other.names().isEmpty();
      if (other.text().equals(own)
          || (literal && e instanceof LiteralTree && e.getKind() != Tree.Kind.NULL_LITERAL)
          || (target && !assignable(other.text()))
          || !fits(site, other.type(), type.get(), target)) {
        continue;
      }
      boolean variable = e instanceof IdentifierTree && other.size() == 1 && !literal;
      String text =
          tight && other.size() > 1 && other.text().matches(".*[ +\\-*/%<>=&|?].*")
              ? "(" + other.text() + ")"
              : other.text();
      double extra = 0.35 * Math.max(0, other.size() - 1) + 0.25 * Math.max(0, size - 1);
      if (e.getKind() == Tree.Kind.NULL_LITERAL) {
        draft.replace("null.value", extra, text);
      } else if (variable) {
        draft.replace(target ? "variable.target" : "variable", 0, text);
      } else if (literal) {
        draft.replace("expression.constant", extra, text);
      } else if (related(own, other.text())) {
        draft.replace("expression.related", extra * 0.6, text);
      } else {
        draft.replace(size <= 3 ? "expression.small" : "expression.large", extra, text);
      }
    }
  }

  /** What a literal null stands for: the type of a parameter, a variable, a result. */
  private static Optional<TypeMirror> wanted(Site site) {
    Tree parent = site.parent();
    if (parent instanceof MethodInvocationTree call) {
      int index = call.getArguments().indexOf(site.tree());
      return site.around()
          .method(call)
          .filter(m -> index >= 0 && index < m.getParameters().size())
          .map(m -> m.getParameters().get(index).asType());
    } else if (parent instanceof AssignmentTree a) {
      return site.file().typeOf(a.getVariable());
    } else if (parent instanceof VariableTree v) {
      return site.file().elementOf(v).map(Element::asType);
    } else if (parent instanceof BinaryTree b) {
      return site.file()
          .typeOf(b.getLeftOperand() == site.tree() ? b.getRightOperand() : b.getLeftOperand());
    } else if (parent instanceof ReturnTree) {
      MethodTree method = Surroundings.methodAround(site.path());
      return method == null
          ? Optional.empty()
          : site.file()
              .elementOf(method)
              .map(x -> ((javax.lang.model.element.ExecutableElement) x).getReturnType());
    }
    return Optional.empty();
  }

  private static boolean fits(Site site, TypeMirror from, TypeMirror to, boolean target) {
    return target ? site.around().fits(to, from) : site.around().fits(from, to);
  }

  private static boolean assignable(String text) {
    return text.matches("[\\w$.]+(\\[[^\\[\\]]+])*")
        && !text.matches("\\d.*|true|false|null|.*\\.length");
  }

  /** Shares a name: {@code a[i]} and {@code a[j]}, {@code n} and {@code n - k}. */
  private static boolean related(String a, String b) {
    for (String word : a.split("\\W+")) {
      if (word.length() > 0 && !Character.isDigit(word.charAt(0))) {
        for (String other : b.split("\\W+")) {
          if (word.equals(other)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
