package dev.fettle.source.locate;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the calls that change a collection while a loop walks it, also inside called methods. */
final class CollectionChanges {
  private static final Set<String> CHANGES =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "push",
          "pop",
          "poll",
          "offer",
          "remove",
          "removeAll",
          "removeIf",
          "removeFirst",
          "removeLast",
          "retainAll",
          "clear",
          "put",
          "putAll",
          "putIfAbsent",
          "computeIfAbsent",
          "compute",
          "merge",
          "sort",
          "replaceAll");

  private final Scene scene;
  private final Declarations declarations;
  private final List<Finding> findings = new ArrayList<>();

  CollectionChanges(Scene scene) {
    this.scene = scene;
    this.declarations = new Declarations(scene);
  }

  List<Finding> during(Site site, ExpressionTree walked) {
    String name = root(walked);
    Tree body = loop(site, walked);
    if (body != null) {
      scan(site.file(), body, name, true, 0);
    }
    for (Site outer : scene.sites()) {
      if (outer.index() > site.index() && findings.isEmpty() && outer.index() <= site.index() + 3) {
        outer.statements().forEach(s -> scan(outer.file(), s, name, false, 1));
      }
    }
    return findings;
  }

  private static @Nullable Tree loop(Site site, ExpressionTree walked) {
    TreePath at = site.file().path(walked);
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof EnhancedForLoopTree f) {
        return f.getStatement();
      } else if (leaf instanceof WhileLoopTree w) {
        return w.getStatement();
      } else if (leaf instanceof com.sun.source.tree.ForLoopTree f) {
        return f.getStatement();
      }
      if (leaf instanceof MethodInvocationTree m
          && m.getArguments().stream().anyMatch(LambdaExpressionTree.class::isInstance)) {
        return m;
      }
      if (leaf instanceof StatementTree s && p == at) {
        return s;
      }
    }
    return null;
  }

  private void scan(JavaFile file, Tree body, String collection, boolean direct, int depth) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree m, @Nullable Void p) {
        ExpressionTree receiver = FailingExpressions.receiverOf(m);
        if (receiver != null
            && CHANGES.contains(FailingExpressions.nameOf(m))
            && root(receiver).equals(collection)) {
          findings.add(
              new Finding(
                  file,
                  m,
                  Suspect.Role.PRODUCER,
                  direct ? 0.9 : 0.8,
                  Words.quoted(file, m)
                      + " changes `"
                      + collection
                      + "` while it is being walked"));
        } else if (depth < 2) {
          for (Declarations.Source s : declarations.called(file, m, null)) {
            if (s.method().body() != null) {
              CollectionChanges.this.scan(
                  s.file(), s.method().body(), collection, false, depth + 1);
            }
          }
        }
        return super.visitMethodInvocation(m, p);
      }
    }.scan(body, null);
  }

  /** The variable that a collection expression starts from: {@code this.map.keySet()} is map. */
  static String root(ExpressionTree e) {
    String text = e.toString().replaceAll("^this\\.", "");
    return text.replaceAll(
        "\\.(keySet|values|entrySet|iterator|stream|listIterator|forEach)\\(.*", "");
  }
}
