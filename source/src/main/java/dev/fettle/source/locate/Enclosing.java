package dev.fettle.source.locate;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import java.util.Optional;

/** What stands around a place of a syntax tree. */
final class Enclosing {
  private Enclosing() {}

  /** The innermost statement that holds a tree; the tree itself where none does. */
  static Tree statement(JavaFile file, Tree tree) {
    for (TreePath p = file.path(tree); p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof StatementTree) {
        return p.getLeaf();
      }
    }
    return tree;
  }

  /** The position of a parameter, counted from 0; -1 where there is none of that name. */
  static int parameter(MethodTree m, String name) {
    for (int i = 0; i < m.getParameters().size(); i++) {
      if (m.getParameters().get(i).getName().contentEquals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The method, initializer or field around a place: lambdas see its variables. */
  static Tree code(TreePath at) {
    Tree last = at.getLeaf();
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof MethodTree || p.getLeaf() instanceof ClassTree) {
        return p.getLeaf() instanceof MethodTree ? p.getLeaf() : last;
      }
      last = p.getLeaf();
    }
    return last;
  }

  /** The innermost lambda around a place that has a parameter of that name. */
  static Optional<LambdaExpressionTree> lambdaOf(TreePath at, String parameter) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      if (p.getLeaf() instanceof LambdaExpressionTree l
          && l.getParameters().stream().anyMatch(v -> v.getName().contentEquals(parameter))) {
        return Optional.of(l);
      }
    }
    return Optional.empty();
  }

  /** The binary name of the class around a place; empty where it is not known. */
  static String classAround(TreePath at, JavaFile file) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      Optional<MethodNode> m =
          p.getLeaf() instanceof ClassTree ? Optional.empty() : file.methodAround(p.getLeaf());
      if (m.isPresent()) {
        return m.get().className();
      }
    }
    return "";
  }

  /** Whether a definition certainly ran when its use is reached: its block holds the use. */
  static boolean unconditional(TreePath definition, TreePath use) {
    TreePath block = definition;
    while (block != null && !(block.getLeaf() instanceof BlockTree)) {
      Tree leaf = block.getLeaf();
      if (leaf instanceof com.sun.source.tree.CaseTree
          || leaf instanceof com.sun.source.tree.IfTree
          || leaf instanceof ConditionalExpressionTree
          || leaf instanceof LambdaExpressionTree) {
        return false;
      }
      block = block.getParentPath();
    }
    for (TreePath p = use; p != null && block != null; p = p.getParentPath()) {
      if (p.getLeaf() == block.getLeaf()) {
        return true;
      }
    }
    return false;
  }
}
