package dev.fettle.source.snippet;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.ParsedFile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code this} and the members that code of a class names without a qualifier as code
 * outside of it must: a snippet over live state reads like the method that it heals.
 */
final class Unqualified extends TreeScanner<@Nullable Void, @Nullable Void> {
  /** What {@code this} is called. */
  static final String THIS = "fettle$this";

  private static final String HEAD = "class FettleSnippet { Object m() {\n";

  private final ParsedFile file;
  private final SnippetClass.Host host;
  private final Set<String> local;
  private final Map<Integer, Edit> edits = new HashMap<>();

  private record Edit(int start, int end, String text) {}

  private Unqualified(ParsedFile file, SnippetClass.Host host, Set<String> local) {
    this.file = file;
    this.host = host;
    this.local = local;
  }

  /** Gives the code back as it is when it cannot be read. */
  static String qualified(
      String code, SnippetClass.Host host, List<SnippetClass.Variable> variables) {
    Optional<ParsedFile> file = ParsedFile.of("FettleSnippet.java", HEAD + code + "\n}}");
    if (file.isEmpty()) {
      return code;
    }
    Set<String> local = new HashSet<>();
    variables.forEach(v -> local.add(v.name()));
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        local.add(tree.getName().toString());
        return super.visitVariable(tree, unused);
      }
    }.scan(file.get().unit(), null);
    Unqualified scan = new Unqualified(file.get(), host, local);
    scan.scan(file.get().unit(), null);
    StringBuilder text = new StringBuilder(code);
    scan.edits.values().stream()
        .sorted(Comparator.comparingInt(Edit::start).reversed())
        .forEach(e -> text.replace(e.start, e.end, e.text));
    return text.toString();
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
    ExpressionTree select = call.getMethodSelect();
    if (select instanceof IdentifierTree name) {
      member(name, host.methods().get(name.getName().toString()));
      scan(call.getTypeArguments(), null);
      scan(call.getArguments(), null);
      return null;
    }
    return super.visitMethodInvocation(call, unused);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
    String name = tree.getName().toString();
    if (name.equals("this") && host.instance()) {
      edit(tree, THIS);
    } else if (!local.contains(name)) {
      member(tree, host.fields().get(name));
    }
    return null;
  }

  private void member(IdentifierTree tree, @Nullable Boolean isStatic) {
    if (isStatic != null && (isStatic || host.instance())) {
      edit(tree, (isStatic ? host.type() : THIS) + "." + tree.getName());
    }
  }

  private void edit(Tree tree, String text) {
    int start = (int) file.positions().getStartPosition(file.unit(), tree) - HEAD.length();
    int end = (int) file.positions().getEndPosition(file.unit(), tree) - HEAD.length();
    edits.put(start, new Edit(start, end, text));
  }
}
