package dev.fettle.search;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Places for conditions that are found from recorded values. */
final class MarkPlaces implements Family {
  private static final int COUNTED = 4;
  private static final int CODES = 10;
  private static final int SMALL = 7;

  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("synthesis.condition"), prior.cost("synthesis.return"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    ExpressionTree condition = ChangeCondition.condition(site.tree());
    if (condition != null && site.file().written(condition)) {
      draft.place("synthesis.condition", 0, Place.Form.CONDITION, span(site, condition), "");
    }
    if (site.tree() instanceof StatementTree s && ChangeStatement.inList(site)) {
      for (InsertStatement.Exit exit : InsertStatement.exits(site)) {
        draft.place(
            exit.operator().replace("guard.", "synthesis."),
            exit.extra(),
            Place.Form.GUARD,
            new Edit(site.start(), site.start(), ""),
            exit.text());
      }
      for (String code : statements(site)) {
        draft.place(
            "synthesis.statement",
            0,
            Place.Form.GUARD,
            new Edit(site.start(), site.start(), ""),
            code);
      }
      if (!(s instanceof VariableTree) && !(s instanceof BlockTree)) {
        draft.place("synthesis.wrap", 0, Place.Form.WRAP, span(site, s), "");
      }
    } else if (site.tree() instanceof BlockTree block && block.getStatements().isEmpty()) {
      for (String code : statements(site)) {
        int inside = site.start() + 1;
        draft.place("synthesis.statement", 0, Place.Form.GUARD, new Edit(inside, inside, ""), code);
      }
    } else if (site.tree() instanceof ExpressionTree e) {
      choices(site, e, draft);
    }
  }

  /** Small statements that may be missing under a condition: what the method counts or does. */
  private static List<String> statements(Site site) {
    Set<String> codes = new LinkedHashSet<>();
    Set<String> names = new HashSet<>();
    for (VisibleVariable v : site.around().variables(site.path())) {
      names.add(v.name());
      boolean counts =
          v.type().getKind() == TypeKind.INT
              && v.kind() == VisibleVariable.Kind.LOCAL
              && !v.element().getModifiers().contains(Modifier.FINAL);
      if (counts && codes.size() < COUNTED) {
        codes.add(v.name() + "++;");
      }
      boolean flag =
          v.type().getKind() == TypeKind.BOOLEAN
              && !v.element().getModifiers().contains(Modifier.FINAL);
      if (flag && codes.size() < COUNTED) {
        codes.add(v.name() + " = true;");
        codes.add(v.name() + " = false;");
      }
    }
    Tree method = Surroundings.methodAround(site.path());
    for (Surroundings.Statement other : site.around().statements()) {
      boolean near =
          method != null
              && site.file().start(method) <= other.start()
              && other.start() < site.file().end(method);
      if (near
          && other.size() <= SMALL
          && other.tree() instanceof ExpressionStatementTree
          && names.containsAll(other.names())
          && codes.size() < CODES) {
        codes.add(other.text());
      }
    }
    return List.copyOf(codes);
  }

  private static Edit span(Site site, Tree tree) {
    return new Edit(site.file().start(tree), site.file().end(tree), "");
  }

  /** What can throw is asked only where it does not. */
  private static void choices(Site site, ExpressionTree e, Draft draft) {
    boolean throwing =
        e instanceof MethodInvocationTree
            || e instanceof ArrayAccessTree
            || e instanceof MemberSelectTree;
    boolean value =
        !ChangeConstant.target(site)
            && site.file().elementOf(e).filter(x -> x.getKind().isClass()).isEmpty();
    TypeMirror type = throwing && value ? site.file().typeOf(e).orElse(null) : null;
    if (type == null || type.getKind() == TypeKind.VOID) {
      return;
    }
    for (String other : defaults(site, type)) {
      draft.place("synthesis.choice", 0, Place.Form.CHOICE, span(site, e), other);
    }
  }

  private static List<String> defaults(Site site, TypeMirror type) {
    List<String> values = new ArrayList<>();
    switch (type.getKind()) {
      case BOOLEAN -> values.addAll(List.of("false", "true"));
      case INT, LONG, SHORT, BYTE -> values.addAll(List.of("0", "1", "-1"));
      case DOUBLE, FLOAT -> values.add("0");
      case DECLARED -> {
        values.add("null");
        if (site.around().isA(type, "java.lang.String")) {
          values.add("\"\"");
        }
      }
      case ARRAY -> values.add("null");
      default -> {
        // Nothing stands for it.
      }
    }
    return values;
  }
}
