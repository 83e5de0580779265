package dev.fettle.source.locate;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A captured frame met with its source.
 *
 * @param index of the frame in its exception
 * @param inner the frame it called, whoever's; null for the innermost
 */
record Site(
    CapturedFrame frame,
    int index,
    @Nullable CapturedFrame inner,
    JavaFile file,
    MethodNode method) {

  /** Whether the line lies in the method: else the source is not what runs. */
  boolean consistent() {
    return frame.line() <= 0 || method.covers(frame.line());
  }

  /** The innermost statements on the frame's line. */
  List<StatementTree> statements() {
    return file.statementsAt(method, frame.line());
  }

  /** What is evaluated on the line: expressions of its statements' own level, in source order. */
  List<ExpressionTree> expressions() {
    List<Tree> roots = new ArrayList<>(statements());
    if (roots.isEmpty() && method.body() instanceof ExpressionTree body) {
      roots.add(body);
    }
    List<ExpressionTree> found = new ArrayList<>();
    roots.forEach(r -> found.addAll(Evaluated.in(r)));
    return found;
  }

  /** Whether the frame itself threw or called into foreign code that did. */
  boolean innermost() {
    return inner == null;
  }
}
