package dev.fettle.source.locate;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import dev.fettle.source.java.SourceIndex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches main sources for places that take a closeable resource and do not always give it back.
 */
final class LeakSearch {
  private static final int FILES = 200;

  private static final Set<String> CONNECTIONS =
      Set.of(
          "getConnection",
          "borrowObject",
          "getResource",
          "openSession",
          "acquire",
          "openConnection");
  private static final Set<String> FILES_OPENED =
      Set.of(
          "newInputStream",
          "newOutputStream",
          "newBufferedReader",
          "newBufferedWriter",
          "openStream",
          "lines",
          "list",
          "walk",
          "find",
          "newDirectoryStream",
          "newByteChannel",
          "open",
          "openConnection",
          "getInputStream");
  private static final Set<String> FILE_TYPES =
      Set.of(
          "FileInputStream",
          "FileOutputStream",
          "FileReader",
          "FileWriter",
          "RandomAccessFile",
          "ZipFile",
          "JarFile",
          "Socket",
          "ServerSocket",
          "BufferedReader",
          "Scanner",
          "PrintWriter");

  private final Scene scene;
  private final boolean files;
  private final List<Finding> findings = new ArrayList<>();

  LeakSearch(Scene scene, CapturedException exception) {
    this.scene = scene;
    boolean opened = false;
    for (CapturedException e = exception; e != null; e = e.cause()) {
      opened |=
          e.message() != null
              && e.message().toLowerCase(Locale.ROOT).contains("too many open files");
    }
    this.files = opened;
  }

  /** Leaking places, most certain first. */
  List<Finding> run() {
    SourceIndex index = scene.project().index();
    Set<String> paths = new LinkedHashSet<>();
    for (String name : files ? FILES_OPENED : CONNECTIONS) {
      paths.addAll(index.mentioning(name));
    }
    if (files) {
      FILE_TYPES.forEach(t -> paths.addAll(index.mentioning(t)));
    }
    paths.stream().limit(FILES).forEach(p -> scene.untyped(p).ifPresent(this::search));
    return findings;
  }

  private void search(JavaFile file) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(MethodInvocationTree m, @Nullable Void p) {
        boolean takes =
            files
                ? FILES_OPENED.contains(FailingExpressions.nameOf(m)) && onFiles(m)
                : CONNECTIONS.contains(FailingExpressions.nameOf(m));
        if (takes && FailingExpressions.receiverOf(m) != null && !isTemplate(m)) {
          judge(file, m);
        }
        return super.visitMethodInvocation(m, p);
      }

      @Override
      public @Nullable Void visitNewClass(NewClassTree n, @Nullable Void p) {
        String type =
            FailingExpressions.simple(n.getIdentifier().toString().replaceAll("<.*>", ""));
        if (files && FILE_TYPES.contains(type)) {
          judge(file, n);
        }
        return super.visitNewClass(n, p);
      }
    }.scan(file.unit(), null);
  }

  private static boolean onFiles(MethodInvocationTree m) {
    String receiver = String.valueOf(FailingExpressions.receiverOf(m));
    return receiver.equals("Files")
        || !FailingExpressions.nameOf(m).matches("lines|list|walk|find|open");
  }

  /** Class-path resources and framework helpers that take care themselves. */
  private static boolean isTemplate(MethodInvocationTree m) {
    String receiver = String.valueOf(FailingExpressions.receiverOf(m));
    return receiver.matches(
        "(?i).*(getClass\\(\\)|classloader|DataSourceUtils|resourceLoader).*|.*\\.class");
  }

  private void judge(JavaFile file, ExpressionTree taken) {
    TreePath path = file.path(taken);
    for (TreePath p = path; p.getParentPath() != null; p = p.getParentPath()) {
      Tree parent = p.getParentPath().getLeaf();
      if (parent instanceof TryTree t && t.getResources().contains(p.getLeaf())) {
        return;
      }
      if (parent instanceof ReturnTree || parent instanceof LambdaExpressionTree) {
        return;
      }
      if (parent instanceof VariableTree v && v.getInitializer() == p.getLeaf()) {
        held(file, taken, v.getName().toString(), p);
        return;
      }
      if (parent instanceof AssignmentTree a && a.getExpression() == p.getLeaf()) {
        Tree target = a.getVariable();
        if (target instanceof IdentifierTree i) {
          held(file, taken, i.getName().toString(), p);
        }
        return;
      }
      if (parent instanceof BlockTree) {
        break;
      }
    }
    add(file, taken, 0.9, "takes " + Words.quoted(file, taken) + " and keeps no way to close it");
  }

  private void held(JavaFile file, ExpressionTree taken, String name, TreePath at) {
    MethodNode method = file.methodAround(at.getLeaf()).orElse(null);
    if (method == null || method.body() == null || !(method.body() instanceof BlockTree)) {
      return;
    }
    Pattern close =
        Pattern.compile(
            "\\b"
                + Pattern.quote(name)
                + "\\s*\\.\\s*(close|disconnect|release)\\b"
                + "|\\b(close\\w*|release\\w*|returnObject)\\s*\\([^;]*\\b"
                + Pattern.quote(name)
                + "\\b");
    Ends ends = new Ends(name, close, file);
    ends.scan(method.body(), null);
    if (ends.guarded || ends.returned) {
      return;
    }
    if (ends.closed) {
      add(
          file,
          taken,
          0.85,
          "closes `" + name + "` only when nothing in between throws or returns");
    } else {
      add(
          file,
          taken,
          0.95,
          "takes `" + name + "` from " + Words.quoted(file, taken) + " and never closes it");
    }
  }

  private void add(JavaFile file, ExpressionTree taken, double score, String what) {
    String method = file.methodAround(taken).map(MethodNode::display).orElse("this code");
    findings.add(new Finding(file, taken, Suspect.Role.LEAK, score, method + " " + what));
  }

  /** How a method parts from a resource. */
  private static final class Ends extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String name;
    private final Pattern close;
    private final JavaFile file;
    private boolean guarded;
    private boolean closed;
    private boolean returned;

    Ends(String name, Pattern close, JavaFile file) {
      this.name = name;
      this.close = close;
      this.file = file;
    }

    @Override
    public @Nullable Void visitTry(TryTree t, @Nullable Void p) {
      if (t.getFinallyBlock() != null && close.matcher(file.source(t.getFinallyBlock())).find()) {
        guarded = true;
      }
      guarded |=
          t.getResources().stream()
              .anyMatch(r -> r.toString().matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*"));
      return super.visitTry(t, p);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree r, @Nullable Void p) {
      String value = r.getExpression() == null ? "" : r.getExpression().toString();
      returned |=
          value.equals(name)
              || value.matches("new \\w+\\((.*\\W)?" + Pattern.quote(name) + "(\\W.*)?\\)");
      return super.visitReturn(r, p);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree m, @Nullable Void p) {
      closed |= close.matcher(file.source(m)).find();
      return super.visitMethodInvocation(m, p);
    }
  }
}
