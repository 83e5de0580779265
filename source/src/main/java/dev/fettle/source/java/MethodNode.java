package dev.fettle.source.java;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Code that one JVM method runs, in source.
 *
 * @param className binary name of the class around it; numbers of anonymous classes are counted in
 *     source order and may differ from the compiler's
 * @param name {@code <init>} for constructors and instance initializers, {@code <clinit>} for
 *     static ones; the enclosing method's name for a lambda
 * @param descriptor JVM descriptor as declared, without what the compiler adds to constructors of
 *     inner classes and enums; empty for lambdas and initializers
 * @param tree a MethodTree, a LambdaExpressionTree, a BlockTree (initializer block) or a
 *     VariableTree (a field with an initializer)
 * @param body block or expression (lambda, field); null for abstract and native methods
 * @param path of {@code tree}
 * @param firstLine of {@code tree}, 1-based
 * @param lastLine of {@code tree}
 */
public record MethodNode(
    String className,
    String name,
    String descriptor,
    Tree tree,
    @Nullable Tree body,
    TreePath path,
    int firstLine,
    int lastLine) {

  /** Whether it covers the line. */
  public boolean covers(int line) {
    return line >= firstLine && line <= lastLine;
  }

  /** {@code Class.method} without package, for people. */
  public String display() {
    String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    return switch (name) {
      case "<init>" -> "the constructor of " + simple;
      case "<clinit>" -> "the static initializer of " + simple;
      default -> simple + "." + name;
    };
  }
}
