package dev.fettle.search;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What happens otherwise, where an if says nothing: what it does itself with another variable, or a
 * way to leave.
 */
final class AddElse implements Family {
  private static final String OPERATOR = "branch.otherwise";

  /** Statements of the branch that are repeated, and variants of each. */
  private static final int STATEMENTS = 3;

  private static final int VARIANTS = 12;

  @Override
  public double least(OperatorPrior prior) {
    return prior.cost(OPERATOR);
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof IfTree i) || i.getElseStatement() != null) {
      return;
    }
    String text = site.text();
    for (StatementTree statement : statements(i.getThenStatement())) {
      List<String> variants = variants(site, statement);
      for (int k = 0; k < variants.size(); k++) {
        draft.replace(OPERATOR, 0.1 * k, text + " else {\n" + variants.get(k) + "\n}");
      }
    }
    for (InsertStatement.Exit exit : InsertStatement.exits(site)) {
      draft.replace(OPERATOR, 0.8 + exit.extra(), text + " else {\n" + exit.text() + "\n}");
    }
  }

  private static List<StatementTree> statements(StatementTree branch) {
    List<? extends StatementTree> all =
        branch instanceof BlockTree block ? block.getStatements() : List.of(branch);
    return all.stream()
        .filter(ExpressionStatementTree.class::isInstance)
        .limit(STATEMENTS)
        .map(s -> (StatementTree) s)
        .toList();
  }

  /** A statement with one variable exchanged for another of its type. */
  private static List<String> variants(Site site, StatementTree statement) {
    List<String> variants = new ArrayList<>();
    int start = site.file().start(statement);
    String text = site.text(statement);
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void p) {
        if (site.file().elementOf(name).orElse(null) instanceof VariableElement variable) {
          exchange(name, variable.asType());
        }
        return null;
      }

      private void exchange(IdentifierTree name, TypeMirror type) {
        int from = site.file().start(name) - start;
        int to = site.file().end(name) - start;
        for (VisibleVariable other : site.around().variables(site.path())) {
          if (!other.name().contentEquals(name.getName())
              && site.file().types().isSameType(other.type(), type)
              && variants.size() < VARIANTS) {
            variants.add(text.substring(0, from) + other.name() + text.substring(to));
          }
        }
      }
    }.scan(statement, null);
    return variants;
  }
}
