package dev.fettle.search;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Labels of a switch: one more, another, one less; a default where there is none. */
final class ChangeCase implements Family {
  private static final int LABELS = 16;

  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("case.add"), prior.cost("case.change"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof SwitchTree s)) {
      return;
    }
    List<ExpressionTree> labels = new ArrayList<>();
    s.getCases().forEach(c -> labels.addAll(c.getExpressions()));
    List<String> others = others(site, labels);
    for (CaseTree one : s.getCases()) {
      labels(site, one, others, draft);
    }
    boolean byDefault = s.getCases().stream().anyMatch(c -> c.getExpressions().isEmpty());
    boolean arrows = s.getCases().stream().anyMatch(c -> c.getStatements() == null);
    if (!byDefault && !arrows) {
      for (InsertStatement.Exit exit : InsertStatement.exits(site)) {
        draft.insert(
            "case.default", exit.extra(), site.end() - 1, "default: " + exit.text() + "\n");
      }
    }
  }

  private static void labels(Site site, CaseTree one, List<String> others, Draft draft) {
    for (ExpressionTree label : one.getExpressions()) {
      if (site.file().start(label) < 0) {
        continue;
      }
      for (int i = 0; i < others.size(); i++) {
        draft.replace("case.change", 0.05 * i, label, others.get(i));
        draft.insert(
            "case.add",
            0.05 * i,
            site.file().start(label),
            others.get(i) + (one.getStatements() == null ? ", " : ": case "));
      }
    }
    List<? extends StatementTree> statements = one.getStatements();
    if (statements != null && statements.isEmpty() && !one.getExpressions().isEmpty()) {
      draft.replace("case.remove", 0, one, "");
    }
  }

  /** Values of the same kind that no case has: of the enum, or literals of the file. */
  private static List<String> others(Site site, List<ExpressionTree> labels) {
    Set<String> used = new LinkedHashSet<>();
    labels.forEach(l -> used.add(site.text(l)));
    Set<String> others = new LinkedHashSet<>();
    for (ExpressionTree label : labels) {
      TypeMirror type = site.file().typeOf(label).orElse(null);
      Element element = type == null ? null : site.file().types().asElement(type);
      if (element instanceof TypeElement owner && owner.getKind() == ElementKind.ENUM) {
        for (Element member : site.file().declared(owner)) {
          if (member.getKind() == ElementKind.ENUM_CONSTANT) {
            others.add(member.getSimpleName().toString());
          }
        }
        break;
      } else if (type != null) {
        literals(site, label, type, others);
        break;
      }
    }
    others.removeAll(used);
    return others.stream().limit(LABELS).toList();
  }

  private static void literals(Site site, Tree label, TypeMirror type, Set<String> others) {
    for (Surroundings.Expression e : site.around().expressions(site.path())) {
      boolean constant = e.names().isEmpty() || e.text().matches("[A-Z][A-Z0-9_]*");
      if (constant
          && e.size() == 1
          && site.file().types().isSameType(e.type(), type)
          && !e.text().equals(site.text(label))) {
        others.add(e.text());
      }
    }
  }
}
