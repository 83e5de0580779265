package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The classes and methods of a file, and the path of every tree. Confined to the file's thread. */
final class Outline {
  private final JavaFile file;
  private final IdentityHashMap<Tree, TreePath> paths = new IdentityHashMap<>();
  private final IdentityHashMap<Tree, String> classes = new IdentityHashMap<>();
  private final IdentityHashMap<Tree, MethodNode> byTree = new IdentityHashMap<>();
  private final List<MethodNode> methods = new ArrayList<>();

  Outline(JavaFile file) {
    this.file = file;
    new Walk().scan(new TreePath(file.unit()), null);
  }

  List<MethodNode> methods() {
    return List.copyOf(methods);
  }

  TreePath path(Tree tree) {
    TreePath path = paths.get(tree);
    if (path == null) {
      throw new IllegalArgumentException("not a tree of " + file.path() + ": " + tree.getKind());
    }
    return path;
  }

  /** Simple to binary names of the types declared at the top of this file. */
  Map<String, String> packageTypes() {
    Map<String, String> types = new HashMap<>();
    classes.forEach(
        (t, n) -> {
          if (t instanceof ClassTree c) {
            types.put(c.getSimpleName().toString(), n);
          }
        });
    return types;
  }

  Optional<MethodNode> methodAround(TreePath at) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      MethodNode method = byTree.get(p.getLeaf());
      if (method != null) {
        return Optional.of(method);
      }
      if (p.getLeaf() instanceof ClassTree) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  String classAround(TreePath at) {
    for (TreePath p = at; p != null; p = p.getParentPath()) {
      String name = classes.get(p.getLeaf());
      if (name != null) {
        return name;
      }
    }
    return "";
  }

  Optional<MethodNode> method(String className, String name, String descriptor, int line) {
    if (name.startsWith("lambda$")) {
      return lambda(className, name, line);
    }
    List<MethodNode> named =
        methods.stream()
            .filter(m -> !(m.tree() instanceof LambdaExpressionTree))
            .filter(m -> m.name().equals(name) && sameClass(m.className(), className))
            .toList();
    Comparator<MethodNode> best =
        Comparator.<MethodNode>comparingInt(m -> exact(m, className) ? 0 : 1)
            .thenComparingInt(m -> line > 0 && m.covers(line) ? 0 : 1)
            .thenComparingInt(m -> fits(m, descriptor))
            .thenComparingInt(m -> m.tree() instanceof MethodTree ? 0 : 1)
            .thenComparingInt(m -> m.lastLine() - m.firstLine());
    if (isAnonymous(className)) {
      best =
          Comparator.<MethodNode>comparingInt(m -> line > 0 && m.covers(line) ? 0 : 1)
              .thenComparing(best);
    }
    return named.stream().min(best);
  }

  /** Lambdas are numbered by the compiler in an order of its own: the line decides. */
  private Optional<MethodNode> lambda(String className, String name, int line) {
    String inside = name.substring("lambda$".length(), Math.max(7, name.lastIndexOf('$')));
    String around =
        switch (inside) {
          case "new" -> "<init>";
          case "static" -> "<clinit>";
          default -> inside;
        };
    List<MethodNode> found =
        methods.stream()
            .filter(m -> m.name().equals(around) && sameClass(m.className(), className))
            .filter(m -> line <= 0 || m.covers(line))
            .toList();
    return found.stream()
        .filter(m -> m.tree() instanceof LambdaExpressionTree)
        .min(Comparator.comparingInt(m -> file.end(m.tree()) - file.start(m.tree())))
        .or(() -> found.stream().findFirst());
  }

  private static boolean exact(MethodNode m, String className) {
    return m.className().equals(className);
  }

  /** Equal, or one is nested in the other: anonymous numbers and generated suffixes differ. */
  private static boolean sameClass(String declared, String asked) {
    if (declared.equals(asked)) {
      return true;
    }
    if (isAnonymous(asked)) {
      int cut = asked.indexOf('$');
      return isAnonymous(declared) && declared.startsWith(asked.substring(0, cut + 1));
    }
    return asked.startsWith(declared + "$");
  }

  private static boolean isAnonymous(String className) {
    return className.matches(".*[^$]\\$\\d.*");
  }

  /** 0 for the same descriptor, 1 for the same count of parameters, else 2. */
  private static int fits(MethodNode m, String descriptor) {
    if (descriptor.isEmpty() || m.descriptor().equals(descriptor)) {
      return 0;
    }
    return descriptor.endsWith(m.descriptor().substring(Math.min(1, m.descriptor().length())))
        ? 1
        : 2;
  }

  private final class Walk extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Deque<String> names = new ArrayDeque<>();
    private final Deque<String> around = new ArrayDeque<>();
    private final Map<String, Integer> anonymous = new HashMap<>();

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
      if (tree != null) {
        TreePath parent = getCurrentPath();
        paths.put(tree, parent == null ? new TreePath(file.unit()) : new TreePath(parent, tree));
      }
      return super.scan(tree, p);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void p) {
      if (!file.written(type)) {
        return null;
      }
      names.push(nameOf(type));
      classes.put(type, names.element());
      super.visitClass(type, p);
      names.pop();
      return null;
    }

    private String nameOf(ClassTree type) {
      String simple = type.getSimpleName().toString();
      String outer = names.peek();
      if (outer == null) {
        String pkg = file.packageName();
        return pkg == null || pkg.isEmpty() ? simple : pkg + "." + simple;
      }
      boolean local = !(getCurrentPath().getParentPath().getLeaf() instanceof ClassTree);
      if (!local) {
        return outer + "$" + simple;
      }
      String top = outer;
      int number = anonymous.merge(top + "$" + simple, 1, Integer::sum);
      return top + "$" + number + simple;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree m, @Nullable Void p) {
      if (!file.written(m)) {
        return null;
      }
      String descriptor =
          file.trees().getElement(getCurrentPath()) instanceof ExecutableElement e
              ? new Descriptors(file).of(e)
              : "";
      add(m, m.getName().toString(), descriptor, m.getBody());
      return inside(m.getName().toString(), () -> super.visitMethod(m, p));
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree l, @Nullable Void p) {
      String name = around.isEmpty() ? "<init>" : around.element();
      add(l, name, "", l.getBody());
      return super.visitLambdaExpression(l, p);
    }

    @Override
    public @Nullable Void visitBlock(BlockTree b, @Nullable Void p) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        String name = b.isStatic() ? "<clinit>" : "<init>";
        add(b, name, "", b);
        return inside(name, () -> super.visitBlock(b, p));
      }
      return super.visitBlock(b, p);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree v, @Nullable Void p) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type) {
        if (!file.written(v)) {
          return null;
        }
        boolean isStatic =
            v.getModifiers().getFlags().contains(Modifier.STATIC)
                || type.getKind() == Tree.Kind.INTERFACE;
        String name = isStatic ? "<clinit>" : "<init>";
        if (v.getInitializer() != null) {
          add(v, name, "", v.getInitializer());
        }
        return inside(name, () -> super.visitVariable(v, p));
      }
      return super.visitVariable(v, p);
    }

    private @Nullable Void inside(String name, Runnable walk) {
      around.push(name);
      walk.run();
      around.pop();
      return null;
    }

    private void add(Tree tree, String name, String descriptor, @Nullable Tree body) {
      String owner = names.isEmpty() ? "" : names.element();
      MethodNode node =
          new MethodNode(
              owner,
              name,
              descriptor,
              tree,
              body,
              getCurrentPath(),
              file.line(tree),
              file.lastLine(tree));
      byTree.put(tree, node);
      methods.add(node);
    }
  }
}
