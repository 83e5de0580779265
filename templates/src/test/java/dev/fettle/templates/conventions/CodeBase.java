package dev.fettle.templates.conventions;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.fettle.templates.code.Declarations;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.code.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Files as the templates know them before any is typed. */
record CodeBase(Declarations declarations) {

  static CodeBase of(String... texts) {
    List<Unit> units = new ArrayList<>();
    for (String text : texts) {
      units.add(unit(text, "src/main/java/shop/File" + units.size() + ".java"));
    }
    return new CodeBase(Declarations.of(units));
  }

  private static Unit unit(String text, String path) {
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, d -> {}, List.of("-proc:none"), null, List.of(file));
    try {
      CompilationUnitTree tree = task.parse().iterator().next();
      SourcePositions at = Trees.instance(task).getSourcePositions();
      return new Unit(
          path,
          text,
          tree,
          t -> (int) at.getStartPosition(tree, t),
          t -> (int) at.getEndPosition(tree, t),
          p -> Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What should be done about an expression, as a method that returns {@code returns} could. */
  List<Answer> answers(Situation situation, String expression, String returns) {
    TreePath path = find(expression);
    Unit unit = unitOf(path);
    Scope scope = Scope.at(declarations, unit, path);
    Need need = new Need(TypeName.parse(returns), false, TypeName.UNKNOWN, Need.Use.OTHER, "");
    Subject subject = Subject.of((ExpressionTree) path.getLeaf(), scope);
    return Conventions.of(declarations).answers(situation, subject, scope, need);
  }

  private Unit unitOf(TreePath path) {
    return declarations.units().stream()
        .filter(u -> u.tree() == path.getCompilationUnit())
        .findFirst()
        .orElseThrow();
  }

  /** The last expression that is written so. */
  private TreePath find(String expression) {
    List<TreePath> found = new ArrayList<>();
    for (Unit unit : declarations.units()) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void scan(@Nullable Tree t, Void none) {
          if (t instanceof ExpressionTree && unit.text(t).equals(expression)) {
            found.add(new TreePath(getCurrentPath(), t));
          }
          return super.scan(t, none);
        }
      }.scan(unit.tree(), null);
    }
    return found.get(found.size() - 1);
  }
}
