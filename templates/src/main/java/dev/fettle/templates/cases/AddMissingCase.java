package dev.fettle.templates.cases;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Variable;
import dev.fettle.source.java.JavaFile;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Unit;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gives an enum constant that a switch forgot the body of the constant it is most like. */
final class AddMissingCase implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(
        FaultClass.MISSING_CASE,
        FaultClass.ILLEGAL_STATE,
        FaultClass.ILLEGAL_ARGUMENT,
        FaultClass.UNSUPPORTED_OPERATION,
        FaultClass.NULL_DEREFERENCE,
        FaultClass.NULL_UNBOXING);
  }

  /** A null shows that no case was met; with a default that cannot be. */
  private static final Set<FaultClass> NULLS =
      Set.of(FaultClass.NULL_DEREFERENCE, FaultClass.NULL_UNBOXING);

  private record Switch(Tree tree, ExpressionTree selector, List<? extends CaseTree> cases) {}

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().stream().findFirst().ifPresent(site -> add(site, input, all));
    return all.stream();
  }

  private static void add(Site site, TemplateInput input, Proposals all) {
    for (Switch s : switches(site)) {
      Site at = input.site(site.file(), s.selector());
      Optional<Declared> type = input.declarations().type(at.typeOf(s.selector()));
      boolean whole = s.cases().stream().anyMatch(c -> labels(c).isEmpty());
      if (type.isEmpty() || !type.get().isEnum() || whole && NULLS.contains(input.fault())) {
        continue;
      }
      List<String> handled = s.cases().stream().flatMap(c -> labels(c).stream()).toList();
      List<String> missing = new ArrayList<>(type.get().constants());
      missing.removeAll(handled);
      Optional<String> constant = failing(missing, input);
      constant.ifPresent(
          c -> {
            likely(c, s, type.get(), site, input, all);
            refused(s, at, all);
          });
    }
  }

  private static void likely(
      String missing, Switch s, Declared type, Site site, TemplateInput input, Proposals all) {
    Map<String, Integer> together = together(missing, type, input);
    List<String> order = type.constants();
    List<CaseTree> siblings = new ArrayList<>();
    s.cases().stream().filter(c -> !labels(c).isEmpty()).forEach(siblings::add);
    siblings.sort(
        Comparator.comparingInt((CaseTree c) -> -votes(c, together))
            .thenComparingInt(c -> distance(c, missing, order)));
    double score = siblings.stream().anyMatch(c -> votes(c, together) > 0) ? 0.8 : 0.6;
    for (CaseTree sibling : siblings.stream().limit(4).toList()) {
      String like = labels(sibling).get(0);
      joined(
          missing,
          sibling,
          site.file(),
          all,
          score + (votes(sibling, together) > 0 ? 0.1 : 0),
          like);
      score -= 0.06;
    }
  }

  /** A state that nothing was written for is refused as the code base refuses other states. */
  private static void refused(Switch s, Site at, Proposals all) {
    if (!(s.tree() instanceof SwitchTree)
        || s.cases().isEmpty()
        || s.cases().stream().anyMatch(c -> labels(c).isEmpty())) {
      return;
    }
    Rewriting r = new Rewriting(at);
    CaseTree last = s.cases().get(s.cases().size() - 1);
    boolean arrow = last.getCaseKind() == CaseTree.CaseKind.RULE;
    int end = at.file().end(last);
    String indent = at.file().indentation(at.file().start(last));
    for (Answer a : r.answers(Situation.UNKNOWN_CASE, s.selector(), s.selector())) {
      if (a.kind() == Answer.Kind.THROW) {
        var edits = at.edits();
        String thrown = "throw " + r.text(a, edits) + ";";
        edits.replace(
            end,
            end,
            "\n"
                + indent
                + (arrow ? "default -> " : "default:\n" + indent + edits.step())
                + thrown);
        all.add(
            edits,
            Rewriting.because("What no case was written for is refused: " + Rewriting.verb(a), a),
            a.score());
      }
    }
  }

  /** Adds the constant to the labels of a sibling; both forms of switch allow it since 14. */
  private static void joined(
      String missing, CaseTree sibling, JavaFile file, Proposals all, double score, String like) {
    List<? extends ExpressionTree> labels = sibling.getExpressions();
    ExpressionTree last = labels.get(labels.size() - 1);
    boolean arrow = sibling.getCaseKind() == CaseTree.CaseKind.RULE;
    String prefix =
        file.source(last).contains(".") ? file.source(last).replaceAll("\\w+$", "") : "";
    int end = file.end(last);
    var edits = dev.fettle.source.java.Edits.in(file);
    if (arrow) {
      edits.replace(end, end, ", " + prefix + missing);
    } else {
      String indent = file.indentation(file.start(sibling));
      int colon = file.text().indexOf(':', end) + 1;
      edits.replace(colon, colon, "\n" + indent + "case " + prefix + missing + ":");
    }
    all.add(edits, missing + " is treated as " + like + " is", score);
  }

  /** How often other switches treat the constant as they treat another. */
  private static Map<String, Integer> together(String missing, Declared type, TemplateInput input) {
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (Unit unit : input.declarations().units()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitSwitch(SwitchTree s, Void none) {
          count(s.getCases());
          return super.visitSwitch(s, none);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree s, Void none) {
          count(s.getCases());
          return super.visitSwitchExpression(s, none);
        }

        private void count(List<? extends CaseTree> cases) {
          Optional<? extends CaseTree> own =
              cases.stream().filter(c -> labels(c).contains(missing)).findFirst();
          if (own.isEmpty() || !type.constants().containsAll(labels(own.get()))) {
            return;
          }
          labels(own.get()).forEach(l -> votes.merge(l, 2, Integer::sum));
          String body = body(own.get(), unit);
          cases.stream()
              .filter(c -> c != own.get() && !body.isBlank() && body(c, unit).equals(body))
              .forEach(c -> labels(c).forEach(l -> votes.merge(l, 1, Integer::sum)));
        }
      }.scan(unit.tree(), null);
    }
    votes.remove(missing);
    return votes;
  }

  private static String body(CaseTree c, Unit unit) {
    return c.getBody() != null
        ? unit.text(c.getBody())
        : c.getStatements() == null
            ? ""
            : c.getStatements().stream().map(unit::text).reduce("", String::concat);
  }

  private static int votes(CaseTree c, Map<String, Integer> together) {
    return labels(c).stream().mapToInt(l -> together.getOrDefault(l, 0)).sum();
  }

  private static int distance(CaseTree c, String missing, List<String> order) {
    int at = order.indexOf(missing);
    return labels(c).stream()
        .mapToInt(l -> 2 * Math.abs(order.indexOf(l) - at) + (order.indexOf(l) > at ? 1 : 0))
        .min()
        .orElse(99);
  }

  private static List<String> labels(CaseTree c) {
    return c.getExpressions().stream().map(e -> e.toString().replaceAll(".*\\.", "")).toList();
  }

  /** The constant that was met: captured, named in the message, or the only one left. */
  private static Optional<String> failing(List<String> missing, TemplateInput input) {
    for (CapturedFrame f : input.frames().stream().limit(3).toList()) {
      for (Variable v : f.locals()) {
        if (v.value() instanceof CapturedValue.EnumConstant e && missing.contains(e.name())) {
          return Optional.of(e.name());
        }
        if (v.value() instanceof CapturedValue.Composite c) {
          for (CapturedValue.Field field : c.fields()) {
            if (field.value() instanceof CapturedValue.EnumConstant e
                && missing.contains(e.name())) {
              return Optional.of(e.name());
            }
          }
        }
      }
    }
    return missing.stream()
        .filter(m -> Pattern.compile("\\b" + m + "\\b").matcher(input.message()).find())
        .findFirst()
        .or(() -> missing.size() == 1 ? Optional.of(missing.get(0)) : Optional.empty());
  }

  private static List<Switch> switches(Site site) {
    List<Switch> found = new ArrayList<>();
    Tree around = site.method().map(m -> (Tree) m).orElse(null);
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitSwitch(SwitchTree s, Void none) {
        found.add(new Switch(s, bare(s.getExpression()), s.getCases()));
        return super.visitSwitch(s, none);
      }

      @Override
      public Void visitSwitchExpression(SwitchExpressionTree s, Void none) {
        found.add(new Switch(s, bare(s.getExpression()), s.getCases()));
        return super.visitSwitchExpression(s, none);
      }
    }.scan(around, null);
    return found;
  }

  private static ExpressionTree bare(ExpressionTree e) {
    return e instanceof com.sun.source.tree.ParenthesizedTree p ? p.getExpression() : e;
  }
}
