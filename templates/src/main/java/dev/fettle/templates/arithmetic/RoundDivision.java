package dev.fettle.templates.arithmetic;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.Unit;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rounds a quotient that has no end, to the scale and mode the code base rounds to. */
final class RoundDivision implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.ARITHMETIC);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    boolean endless = input.message().contains("Non-terminating");
    boolean inexact = input.message().contains("Rounding necessary");
    for (Site site : input.failed()) {
      for (ExpressionTree e : site.expressions()) {
        if (e instanceof MethodInvocationTree m
            && m.getMethodSelect() instanceof MemberSelectTree s
            && m.getArguments().size() == 1
            && (endless && s.getIdentifier().contentEquals("divide")
                || inexact && s.getIdentifier().contentEquals("setScale"))) {
          Edits edits = site.edits();
          String mode = edits.type("java.math.RoundingMode") + "." + mode(input);
          int end = site.file().end(m.getArguments().get(0));
          all.add(
              edits.replace(end, end, (endless ? ", " + scale(input) : "") + ", " + mode),
              "Rounds as the code base rounds elsewhere",
              0.85);
        }
      }
    }
    return all.stream();
  }

  private static String mode(TemplateInput input) {
    return most(input, "RoundingMode\\.([A-Z_]+)", "HALF_UP");
  }

  private static String scale(TemplateInput input) {
    return most(input, "(?:divide\\([^;]*?,|setScale\\()\\s*(\\d{1,2})\\s*,", "2");
  }

  private static String most(TemplateInput input, String pattern, String otherwise) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Unit unit : input.declarations().units()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree m, Void none) {
          java.util.regex.Matcher x =
              java.util.regex.Pattern.compile(pattern).matcher(unit.text(m));
          if (x.find()) {
            counts.merge(x.group(1), 1, Integer::sum);
          }
          return super.visitMethodInvocation(m, none);
        }
      }.scan(unit.tree(), null);
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(otherwise);
  }
}
