package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.type.TypeKind;

/** Literals, and one more or one less of a whole number. */
final class ChangeConstant implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("constant.neighbor"), prior.cost("offByOne"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof LiteralTree l) {
      literal(site, l, draft);
    } else if (site.tree() instanceof ExpressionTree e && !(site.parent() instanceof CaseTree)) {
      offByOne(site, e, draft);
    }
  }

  private static void literal(Site site, LiteralTree l, Draft draft) {
    Object value = l.getValue();
    if (value instanceof Integer || value instanceof Long) {
      number(site, ((Number) value).longValue(), value instanceof Long ? "L" : "", draft);
      digits(site, draft);
    } else if (value instanceof Boolean b) {
      draft.replace("constant.boolean", 0, Boolean.toString(!b));
    } else if (value instanceof Character c) {
      for (char other :
          new char[] {(char) (c + 1), (char) (c - 1), 'a', 'z', 'A', 'Z', '0', '9', ' ', '1'}) {
        if (other != c && other >= ' ' && other < 127 && other != '\'' && other != '\\') {
          draft.replace("constant.char", Math.abs(other - c) == 1 ? 0.3 : 0, "'" + other + "'");
        }
      }
      others(site, Tree.Kind.CHAR_LITERAL, "constant.char", draft);
    } else if (value instanceof String s) {
      draft.replace("constant.text", 0, s.isEmpty() ? "\" \"" : "\"\"");
      others(site, Tree.Kind.STRING_LITERAL, "constant.text", draft);
      if (s.length() > 1) {
        draft.replace("constant.text", 0.5, quoted(s.substring(1)));
        draft.replace("constant.text", 0.5, quoted(s.substring(0, s.length() - 1)));
      }
    } else if (value instanceof Double d) {
      digits(site, draft);
      for (double other : new double[] {0, 1, -1, d / 2, d * 2, d + 1, d - 1, -d}) {
        if (other != d) {
          draft.replace("constant.other", 0.3, Double.toString(other));
        }
      }
    }
  }

  /** Two neighboring digits the other way round: a slip of the fingers. */
  private static void digits(Site site, Draft draft) {
    String text = site.text();
    for (int i = 0; i < text.length(); i++) {
      for (int j = i + 1; j < Math.min(text.length(), i + 3); j++) {
        char a = text.charAt(i);
        char b = text.charAt(j);
        if (a != b && Character.isDigit(a) && Character.isDigit(b) && !(i == 0 && b == '0')) {
          String other =
              text.substring(0, i) + b + text.substring(i + 1, j) + a + text.substring(j + 1);
          draft.replace("constant.digits", j - i == 1 ? 0 : 0.3, other);
        }
      }
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static void number(Site site, long value, String suffix, Draft draft) {
    boolean negated = site.parent() instanceof UnaryTree u && u.getKind() == Tree.Kind.UNARY_MINUS;
    boolean operand = site.parent() instanceof BinaryTree;
    draft.replace("constant.neighbor", operand ? 0.3 : 0, (value + 1) + suffix);
    if (value > 0 || !negated) {
      draft.replace(
          "constant.neighbor",
          operand ? 0.3 : 0,
          value == 0 && operand ? "(-1" + suffix + ")" : (value - 1) + suffix);
    }
    Set<String> others = new LinkedHashSet<>();
    for (long other : new long[] {0, 1, 2, -1, 10, 26, 128, 256, 1000, 1_000_000_007L}) {
      others.add(other + suffix);
    }
    others.add("Integer.MAX_VALUE");
    others.add("Integer.MIN_VALUE");
    others.add((value * 2) + suffix);
    others.add((value * 10) + suffix);
    others.add((value / 10) + suffix);
    others.add((value + 2) + suffix);
    others.add((value - 2) + suffix);
    others.add("-" + value + suffix);
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if (e.text().matches("-?\\d+L?")) {
        others.add(e.text());
      }
    }
    others.remove(value + suffix);
    others.remove((value + 1) + suffix);
    others.remove((value - 1) + suffix);
    others.remove("--" + value);
    others.forEach(
        o -> draft.replace("constant.other", 0, negated && o.startsWith("-") ? "(" + o + ")" : o));
  }

  private static void others(Site site, Tree.Kind kind, String operator, Draft draft) {
    String own = site.text();
    char quote = kind == Tree.Kind.CHAR_LITERAL ? '\'' : '"';
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      if (e.text().charAt(0) == quote && e.names().isEmpty() && !e.text().equals(own)) {
        draft.replace(operator, 0, e.text());
      }
    }
  }

  private static void offByOne(Site site, ExpressionTree e, Draft draft) {
    boolean candidate =
        e instanceof IdentifierTree
            || e instanceof MemberSelectTree
            || e instanceof MethodInvocationTree
            || e instanceof BinaryTree
            || e instanceof ArrayAccessTree;
    if (!candidate || target(site) || !whole(site, e)) {
      return;
    }
    if (e instanceof BinaryTree b && !simple(b)) {
      return;
    }
    boolean index =
        (site.parent() instanceof ArrayAccessTree a && a.getIndex() == e)
            || site.parent() instanceof NewArrayTree
            || site.parent() instanceof BinaryTree b && relational(b)
            || site.parent() instanceof MethodInvocationTree;
    double extra = index ? 0 : 0.7;
    boolean tight = site.parent() instanceof BinaryTree b && !relational(b);
    boolean binary = e instanceof BinaryTree;
    String text = binary && tight ? "(" + site.text() + ")" : site.text();
    if (binary) {
      extra += 0.7;
    }
    String open = tight || site.parent() instanceof TypeCastTree ? "(" : "";
    String close = open.isEmpty() ? "" : ")";
    draft.replace("offByOne.more", extra, open + text + " + 1" + close);
    draft.replace("offByOne.less", extra, open + text + " - 1" + close);
  }

  /** Sums that already end in a constant are changed there. */
  private static boolean simple(BinaryTree b) {
    return (b.getKind() == Tree.Kind.PLUS
            || b.getKind() == Tree.Kind.MINUS
            || b.getKind() == Tree.Kind.MULTIPLY
            || b.getKind() == Tree.Kind.DIVIDE)
        && !(b.getRightOperand() instanceof LiteralTree
            && (b.getKind() == Tree.Kind.PLUS || b.getKind() == Tree.Kind.MINUS));
  }

  private static boolean relational(BinaryTree b) {
    return switch (b.getKind()) {
      case LESS_THAN, LESS_THAN_EQUAL, GREATER_THAN, GREATER_THAN_EQUAL, EQUAL_TO, NOT_EQUAL_TO ->
          true;
      default -> false;
    };
  }

  /** What is assigned to, called or part of a longer name is no value. */
  static boolean target(Site site) {
    Tree parent = site.parent();
    Tree tree = site.tree();
    return (parent instanceof AssignmentTree a && a.getVariable() == tree)
        || (parent instanceof CompoundAssignmentTree c && c.getVariable() == tree)
        || (parent instanceof UnaryTree u && u.getKind().toString().contains("CREMENT"))
        || parent instanceof MemberSelectTree
        || (parent instanceof MethodInvocationTree m && m.getMethodSelect() == tree)
        || (parent instanceof ArrayAccessTree x && x.getExpression() == tree)
        || parent.getKind() == Tree.Kind.EXPRESSION_STATEMENT;
  }

  private static boolean whole(Site site, ExpressionTree e) {
    return site.file()
        .typeOf(e)
        .map(
            t ->
                t.getKind() == TypeKind.INT
                    || t.getKind() == TypeKind.LONG
                    || t.toString().equals("java.lang.Integer")
                    || t.toString().equals("java.lang.Long"))
        .orElse(false);
  }
}
