package dev.fettle.templates.collections;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Set;
import java.util.stream.Stream;

/** Removes in one call what a loop removes from what it walks: {@code xs.removeIf(x -> ...)}. */
final class RemoveWithRemoveIf implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.CONCURRENT_MODIFICATION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    for (Site site : input.failed()) {
      Looping.forEach(site).forEach(f -> remove(site, f, all));
    }
    return all.stream();
  }

  private static void remove(Site site, EnhancedForLoopTree f, Proposals all) {
    StatementTree body = single(f.getStatement());
    if (!(body instanceof IfTree i) || i.getElseStatement() != null) {
      return;
    }
    StatementTree then = single(i.getThenStatement());
    String list = site.source(f.getExpression());
    String name = f.getVariable().getName().toString();
    if (!(then instanceof ExpressionStatementTree s)
        || !(s.getExpression() instanceof MethodInvocationTree m)) {
      return;
    }
    String walked = list.replaceAll("\\.(keySet|entrySet|values)\\(\\)$", "");
    String call = site.source(m).replace(" ", "");
    boolean removes =
        call.equals(list + ".remove(" + name + ")")
            || list.endsWith("keySet()") && call.equals(walked + ".remove(" + name + ")")
            || list.endsWith("entrySet()")
                && call.equals(walked + ".remove(" + name + ".getKey())");
    if (removes) {
      String condition = site.source(i.getCondition());
      String bare = condition.substring(1, condition.length() - 1).strip();
      all.add(
          site.edits().replace(f, list + ".removeIf(" + name + " -> " + bare + ");"),
          "Removes while walking in the one way that " + list + " allows",
          0.93);
    }
  }

  private static StatementTree single(StatementTree s) {
    return s instanceof BlockTree b && b.getStatements().size() == 1 ? b.getStatements().get(0) : s;
  }
}
