package dev.fettle.search;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.source.java.JavaFile;
import java.util.List;

/**
 * A tree that operators may change.
 *
 * @param cost how unlikely the fault is here
 * @param suggested conditions that others believe in; empty to make them from what is in scope
 */
record Site(
    Unit unit,
    Surroundings around,
    TreePath path,
    double cost,
    List<Predicates.Predicate> suggested) {
  Site(Unit unit, Surroundings around, TreePath path, double cost) {
    this(unit, around, path, cost, List.of());
  }

  /** The same place, looked at with these conditions and no others. */
  Site suggesting(List<Predicates.Predicate> conditions) {
    return new Site(unit, around, path, cost, conditions);
  }

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
