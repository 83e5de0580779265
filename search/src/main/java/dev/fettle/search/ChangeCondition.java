package dev.fettle.search;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Adds a condition to a condition, before it or after it. */
final class ChangeCondition implements Family {
  /** Other members that are asked the same. */
  private static final int ALIKE = 10;

  private static final Pattern CONSTANT =
      Pattern.compile("-?\\d+L?|'.+'|\".*\"|([A-Z]\\w*\\.)*[A-Z][A-Z0-9_]*");

  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("condition.and"), prior.cost("condition.or"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    ExpressionTree condition = condition(site.tree());
    if (condition == null || site.file().start(condition) < 0) {
      return;
    }
    String text = site.text(condition);
    Tree.Kind kind = condition.getKind();
    String forAnd = closed(text, condition, Tree.Kind.CONDITIONAL_OR);
    String forOr = closed(text, condition, null);
    boolean loop = !(site.tree() instanceof IfTree);
    String beside = site.text().substring(Math.max(0, site.text().indexOf(text)));
    for (Predicates.Predicate p : Predicates.at(site)) {
      if (text.contains(p.text())) {
        continue;
      }
      double odd = p.extra() + Words.strangeness(p.text(), beside);
      draft.replace("condition.and", odd, condition, p.text() + " && " + forAnd);
      draft.replace("condition.and", odd + 0.2, condition, forAnd + " && " + p.text());
      if (!loop) {
        draft.replace("condition.or", odd + 0.1, condition, p.text() + " || " + forOr);
        draft.replace("condition.or", odd, condition, forOr + " || " + p.text());
      }
      if (kind != Tree.Kind.CONDITIONAL_AND && kind != Tree.Kind.CONDITIONAL_OR) {
        draft.replace("condition.replace", odd + 0.3, condition, p.text());
      }
    }
    alike(site, condition, forAnd, forOr, draft);
    if (!(condition instanceof BinaryTree b)
        || (b.getKind() != Tree.Kind.CONDITIONAL_AND && b.getKind() != Tree.Kind.CONDITIONAL_OR)) {
      return;
    }
    String operator = kind == Tree.Kind.CONDITIONAL_AND ? " && " : " || ";
    draft.replace(
        "condition.order",
        0,
        condition,
        site.text(b.getRightOperand()) + operator + site.text(b.getLeftOperand()));
  }

  /**
   * A part of the condition that asks two objects the same, once more with another member: {@code a
   * != o.a || b != o.b}.
   */
  private static void alike(
      Site site, ExpressionTree condition, String forAnd, String forOr, Draft draft) {
    List<ExpressionTree> parts = new ArrayList<>();
    parts(condition, parts);
    for (ExpressionTree part : parts) {
      String text = site.text(part);
      constants(site, part, condition, forAnd, forOr, draft);
      Element shared = shared(site, part);
      if (shared == null || !(shared.getEnclosingElement() instanceof TypeElement owner)) {
        continue;
      }
      String name = shared.getSimpleName().toString();
      int others = 0;
      for (Element member : site.file().declared(owner)) {
        String other = member.getSimpleName().toString();
        if (!other.equals(name) && sameShape(member, shared) && others < ALIKE) {
          String again = text.replaceAll("\\b" + Pattern.quote(name) + "\\b", other);
          double odd = 0.1 * others++;
          draft.replace("condition.alike", odd, condition, forAnd + " && " + again);
          draft.replace("condition.alike", odd, condition, forOr + " || " + again);
        }
      }
    }
  }

  /** The same question about another constant: {@code c == 'a' || c == 'b'}. */
  private static void constants(
      Site site,
      ExpressionTree part,
      ExpressionTree condition,
      String forAnd,
      String forOr,
      Draft draft) {
    if (!(part instanceof BinaryTree b)
        || (b.getKind() != Tree.Kind.EQUAL_TO && b.getKind() != Tree.Kind.NOT_EQUAL_TO)) {
      return;
    }
    boolean equal = b.getKind() == Tree.Kind.EQUAL_TO;
    String constant = site.text(b.getRightOperand());
    TypeMirror type = site.file().typeOf(b.getRightOperand()).orElse(null);
    if (type == null || !CONSTANT.matcher(constant).matches()) {
      return;
    }
    String asked = site.text(b.getLeftOperand());
    int others = 0;
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if (others < ALIKE
          && e.size() <= 2
          && CONSTANT.matcher(e.text()).matches()
          && !e.text().equals(constant)
          && site.file().types().isSameType(e.type(), type)) {
        double odd = 0.1 * others++;
        String again = asked + (equal ? " == " : " != ") + e.text();
        draft.replace(
            "condition.alike", odd + (equal ? 0.5 : 0), condition, forAnd + " && " + again);
        draft.replace(
            "condition.alike", odd + (equal ? 0 : 0.5), condition, forOr + " || " + again);
      }
    }
  }

  /** The operands of {@code &&} and {@code ||}. */
  private static void parts(ExpressionTree condition, List<ExpressionTree> parts) {
    if (condition instanceof ParenthesizedTree p) {
      parts(p.getExpression(), parts);
    } else if (condition instanceof BinaryTree b
        && (b.getKind() == Tree.Kind.CONDITIONAL_AND || b.getKind() == Tree.Kind.CONDITIONAL_OR)) {
      parts(b.getLeftOperand(), parts);
      parts(b.getRightOperand(), parts);
    } else {
      parts.add(condition);
    }
  }

  /** The member that a condition names twice; null when there is none. */
  private static @Nullable Element shared(Site site, ExpressionTree part) {
    Map<Element, Integer> counts = new LinkedHashMap<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void p) {
        count(i);
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree m, @Nullable Void p) {
        count(m);
        return super.visitMemberSelect(m, p);
      }

      private void count(Tree tree) {
        site.file()
            .elementOf(tree)
            .filter(e -> e.getKind() == ElementKind.FIELD || e.getKind() == ElementKind.METHOD)
            .ifPresent(e -> counts.merge(e, 1, Integer::sum));
      }
    }.scan(part, null);
    return counts.entrySet().stream()
        .filter(e -> e.getValue() == 2)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static boolean sameShape(Element member, Element other) {
    if (member.getModifiers().contains(Modifier.STATIC)) {
      return false;
    }
    return member.getKind() == ElementKind.FIELD
        ? other.getKind() == ElementKind.FIELD
        : member instanceof ExecutableElement a
            && other instanceof ExecutableElement b
            && a.getKind() == ElementKind.METHOD
            && a.getReturnType().getKind() != TypeKind.VOID
            && a.getParameters().size() == b.getParameters().size();
  }

  static String closed(String text, ExpressionTree condition, Tree.@Nullable Kind weaker) {
    boolean ternary = condition instanceof ConditionalExpressionTree;
    return ternary || condition.getKind() == weaker ? "(" + text + ")" : text;
  }

  /** The condition that a statement or expression asks; null when it asks none. */
  static @Nullable ExpressionTree condition(Tree tree) {
    ExpressionTree found = null;
    if (tree instanceof IfTree i) {
      found = i.getCondition();
    } else if (tree instanceof WhileLoopTree w) {
      found = w.getCondition();
    } else if (tree instanceof DoWhileLoopTree d) {
      found = d.getCondition();
    } else if (tree instanceof ForLoopTree f) {
      found = f.getCondition();
    } else if (tree instanceof ConditionalExpressionTree c) {
      found = c.getCondition();
    } else if (tree instanceof ReturnTree r
        && r.getExpression() instanceof BinaryTree b
        && isBoolean(b)) {
      found = b;
    }
    return found instanceof ParenthesizedTree p ? p.getExpression() : found;
  }

  private static boolean isBoolean(BinaryTree b) {
    return switch (b.getKind()) {
      case CONDITIONAL_AND,
          CONDITIONAL_OR,
          LESS_THAN,
          LESS_THAN_EQUAL,
          GREATER_THAN,
          GREATER_THAN_EQUAL,
          EQUAL_TO,
          NOT_EQUAL_TO ->
          true;
      default -> false;
    };
  }
}
