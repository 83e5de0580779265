package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the innermost statements on a line. */
final class LineStatements extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final JavaFile file;
  private final int line;
  private List<StatementTree> found = new ArrayList<>();

  LineStatements(JavaFile file, int line) {
    this.file = file;
    this.line = line;
  }

  List<StatementTree> of(MethodNode method) {
    if (method.body() != null) {
      scan(method.body(), null);
    }
    return List.copyOf(found);
  }

  @Override
  public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
    if (tree == null || tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
      return null;
    }
    if (!(tree instanceof StatementTree statement)) {
      return super.scan(tree, p);
    }
    if (line < file.line(tree) || line > file.lastLine(tree)) {
      return null;
    }
    List<StatementTree> outside = found;
    found = new ArrayList<>();
    boolean header = header(statement);
    super.scan(tree, p);
    if ((header || found.isEmpty()) && !(tree instanceof BlockTree)) {
      found.add(0, statement);
    }
    outside.addAll(found);
    found = outside;
    return null;
  }

  /** Whether the line belongs to what a compound statement itself evaluates. */
  private boolean header(StatementTree s) {
    if (s instanceof IfTree i) {
      return covers(i.getCondition());
    } else if (s instanceof WhileLoopTree w) {
      return covers(w.getCondition());
    } else if (s instanceof DoWhileLoopTree w) {
      return covers(w.getCondition());
    } else if (s instanceof ForLoopTree f) {
      return line <= file.line(f.getStatement());
    } else if (s instanceof EnhancedForLoopTree f) {
      return covers(f.getExpression());
    } else if (s instanceof SwitchTree w) {
      return covers(w.getExpression());
    } else if (s instanceof SynchronizedTree y) {
      return covers(y.getExpression());
    }
    return s instanceof TryTree t && t.getResources().stream().anyMatch(this::covers);
  }

  private boolean covers(Tree tree) {
    return line >= file.line(tree) && line <= file.lastLine(tree);
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree f, @Nullable Void p) {
    return scan(f.getStatement(), p);
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree f, @Nullable Void p) {
    return scan(f.getStatement(), p);
  }

  @Override
  public @Nullable Void visitTry(TryTree t, @Nullable Void p) {
    scan(t.getBlock(), p);
    t.getCatches().forEach(c -> scan(c.getBlock(), p));
    return scan(t.getFinallyBlock(), p);
  }
}
