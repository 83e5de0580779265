package dev.fettle.search;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.source.java.JavaFile;

/**
 * A tree that operators may change.
 *
 * @param cost how unlikely the fault is here
 */
record Site(Unit unit, Surroundings around, TreePath path, double cost) {
  Tree tree() {
    return path.getLeaf();
  }

  Tree parent() {
    return path.getParentPath().getLeaf();
  }

  JavaFile file() {
    return unit.file();
  }

  String text() {
    return file().source(tree());
  }

  String text(Tree tree) {
    return file().source(tree);
  }

  int start() {
    return file().start(tree());
  }

  int end() {
    return file().end(tree());
  }
}
