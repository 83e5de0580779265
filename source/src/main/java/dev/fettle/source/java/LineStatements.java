package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
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
    super.scan(tree, p);
    if (found.isEmpty() && !(tree instanceof BlockTree)) {
      found.add(statement);
    }
    outside.addAll(found);
    found = outside;
    return null;
  }
}
