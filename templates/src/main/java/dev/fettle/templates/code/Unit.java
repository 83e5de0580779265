package dev.fettle.templates.code;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A parsed file. Confined to the thread of the front end that parsed it.
 *
 * @param attributed the type of an expression where the front end attributed this file
 */
public record Unit(
    String path,
    String text,
    CompilationUnitTree tree,
    ToIntFunction<Tree> starts,
    ToIntFunction<Tree> ends,
    Function<TreePath, Optional<String>> attributed) {

  public int start(Tree t) {
    return starts.applyAsInt(t);
  }

  public int end(Tree t) {
    return ends.applyAsInt(t);
  }

  /** Whether the tree stands in the source; javac makes up some that do not. */
  public boolean written(Tree t) {
    return start(t) >= 0 && end(t) >= start(t) && end(t) <= text.length();
  }

  /** The source of a tree; its printed form where it has no place in the source. */
  public String text(Tree t) {
    return written(t) ? text.substring(start(t), end(t)) : t.toString();
  }

  /** 1-based. */
  public int line(Tree t) {
    int end = Math.max(0, Math.min(start(t), text.length()));
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  public String packageName() {
    return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
  }

  /** The qualified name that this file imports under {@code simple}, single imports only. */
  public Optional<String> imported(String simple) {
    for (ImportTree i : tree.getImports()) {
      String name = i.getQualifiedIdentifier().toString();
      if (!i.isStatic() && name.endsWith("." + simple)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  public TreePath pathTo(Tree t) {
    return TreePath.getPath(tree, t);
  }
}
