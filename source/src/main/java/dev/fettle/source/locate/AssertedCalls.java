package dev.fettle.source.locate;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.TestResult;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.MethodNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What made the value that a failing test found wrong, as far as the test's own method tells: names
 * of the methods that are called in the statement that failed, and in those that set the variables
 * it reads. A slice of the test, backward, one method deep. Confined to one thread.
 */
public final class AssertedCalls {
  private static final int TESTS = 30;
  private static final int STEPS = 3;

  private final JavaProject project;
  private final Set<String> names = new LinkedHashSet<>();

  private AssertedCalls(JavaProject project) {
    this.project = project;
  }

  /** Simple names of methods; assertions of test frameworks among them, which no main code has. */
  public static Set<String> of(JavaProject project, List<TestResult> failing) {
    AssertedCalls calls = new AssertedCalls(project);
    failing.stream().limit(TESTS).forEach(calls::add);
    return calls.names;
  }

  private void add(TestResult test) {
    String className = test.className();
    CapturedException failure = test.failure().orElse(null);
    if (failure == null) {
      return;
    }
    for (CapturedFrame frame : failure.root().frames()) {
      if (frame.className().equals(className) && frame.line() > 0) {
        project
            .index()
            .declaring(className)
            .flatMap(project::parsed)
            .ifPresent(file -> add(file, frame.line()));
        return;
      }
    }
  }

  private void add(JavaFile file, int line) {
    for (MethodNode method : file.methods()) {
      if (method.covers(line)) {
        Statements statements = new Statements(file);
        statements.scan(method.tree(), null);
        Set<String> wanted = new HashSet<>();
        for (StatementTree s : statements.all) {
          if (file.line(s) <= line && line <= file.lineOf(file.end(s))) {
            wanted = new HashSet<>();
            read(s, wanted);
          }
        }
        for (int step = 0; step < STEPS && !wanted.isEmpty(); step++) {
          wanted = producers(statements.all, wanted, file, line);
        }
        return;
      }
    }
  }

  /** Reads what sets these variables before a line; what that reads in turn is returned. */
  private Set<String> producers(
      List<StatementTree> statements, Set<String> variables, JavaFile file, int line) {
    Set<String> read = new HashSet<>();
    for (StatementTree s : statements) {
      ExpressionTree value = file.line(s) < line ? set(s, variables) : null;
      if (value != null) {
        read(value, read);
      }
    }
    read.removeAll(variables);
    return read;
  }

  private static @Nullable ExpressionTree set(StatementTree s, Set<String> variables) {
    if (s instanceof VariableTree v && variables.contains(v.getName().toString())) {
      return v.getInitializer();
    }
    return s instanceof ExpressionStatementTree e
            && e.getExpression() instanceof AssignmentTree a
            && variables.contains(a.getVariable().toString())
        ? a.getExpression()
        : null;
  }

  /** Takes the names of calls, and adds the variables to {@code variables}. */
  private void read(Tree tree, Set<String> variables) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void p) {
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
          names.add(select.getIdentifier().toString());
        }
        return super.visitMethodInvocation(call, p);
      }

      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void p) {
        variables.add(i.getName().toString());
        return null;
      }
    }.scan(tree, null);
  }

  /** All statements of a method that are written, outer ones first. */
  private static final class Statements extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaFile file;
    private final List<StatementTree> all = new ArrayList<>();

    Statements(JavaFile file) {
      this.file = file;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
      if (tree instanceof StatementTree s && !(tree instanceof BlockTree) && file.written(tree)) {
        all.add(s);
      }
      return super.scan(tree, p);
    }
  }
}
