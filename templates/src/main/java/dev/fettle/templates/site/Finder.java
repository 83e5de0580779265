package dev.fettle.templates.site;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds trees by their span. */
final class Finder {
  private final JavaFile file;

  Finder(JavaFile file) {
    this.file = file;
  }

  /** The expression, else the statement, with exactly that span; parentheses are looked through. */
  Optional<Tree> exact(int start, int end) {
    List<Tree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(@Nullable Tree t, Void none) {
        if (t == null || !(file.written(t) || t instanceof CompilationUnitTree)) {
          return null;
        }
        if (file.start(t) == start
            && file.end(t) == end
            && !(t instanceof ParenthesizedTree)
            && (t instanceof ExpressionTree || t instanceof StatementTree)) {
          found.add(t);
        }
        return super.scan(t, none);
      }
    }.scan(file.unit(), null);
    return found.stream()
        .filter(ExpressionTree.class::isInstance)
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /**
   * Every written expression below a tree, outermost first, lambdas and nested classes left out.
   */
  List<ExpressionTree> expressions(Tree below) {
    List<ExpressionTree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(@Nullable Tree t, Void none) {
        if (t == null
            || t instanceof com.sun.source.tree.LambdaExpressionTree && t != below
            || t instanceof com.sun.source.tree.ClassTree && t != below) {
          return null;
        }
        if (t instanceof ExpressionTree e && !(t instanceof ParenthesizedTree) && file.written(t)) {
          found.add(e);
        }
        return super.scan(t, none);
      }
    }.scan(below, null);
    return found;
  }
}
