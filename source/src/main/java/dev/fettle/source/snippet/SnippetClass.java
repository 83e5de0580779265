package dev.fettle.source.snippet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.ParsedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class that a snippet becomes. Its method takes the values of the variables and gives them
 * back; a {@code return} of the snippet is put behind them, {@code "return"} and the value.
 *
 * @param source a compilation unit
 * @param variables what the method takes and gives, in order: {@code name descriptor}
 */
public record SnippetClass(String source, List<String> variables) {
  /** Longest snippet, in UTF-8 bytes. */
  public static final int BYTES = 16 * 1024;

  private static final int NESTING = 60;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]|[^\\x00-\\x7f]");

  /**
   * A variable of the failing frame.
   *
   * @param type as source, such as {@code java.util.List<java.lang.String>}
   */
  public record Variable(String name, String descriptor, String type) {}

  /**
   * The class that a snippet over live state heals, as its own code names it.
   *
   * @param className binary name
   * @param type the same as source; empty when it has no name there
   * @param instance whether there is a {@code this}
   * @param fields own and inherited ones, and whether each is static
   * @param methods the same for methods
   */
  public record Host(
      String className,
      String type,
      boolean instance,
      Map<String, Boolean> fields,
      Map<String, Boolean> methods) {
    /** No class: every member is written with what it belongs to. */
    public static final Host NONE = new Host("", "", false, Map.of(), Map.of());

    public Host {
      fields = Map.copyOf(fields);
      methods = Map.copyOf(methods);
    }

    private String packageName() {
      return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
  }

  /** The class, or why there is none. */
  public sealed interface Result {
    /** To be compiled. */
    record Written(SnippetClass type) implements Result {}

    /** Nothing to compile. */
    record Unusable(String reason) implements Result {}
  }

  /**
   * Writes the class.
   *
   * @param variables that the snippet may use; only those that it names are taken
   * @param returns type of the failing method's result as source; {@code void} for none
   */
  public static Result of(String code, List<Variable> variables, String returns) {
    return of(code, variables, returns, Host.NONE);
  }

  /**
   * Writes the class of a snippet that may name members as the healed class's own code does.
   *
   * @param host the healed class; its package's classes are imported
   */
  public static Result of(String code, List<Variable> variables, String returns, Host host) {
    Optional<String> problem = problem(code);
    if (problem.isPresent()) {
      return new Result.Unusable(problem.get());
    }
    try {
      if (host.type().isEmpty()) {
        return written(code, variables, returns, "");
      }
      List<Variable> all = new ArrayList<>(variables);
      if (host.instance()) {
        String descriptor = "L" + host.className().replace('.', '/') + ";";
        all.add(new Variable("this", descriptor, host.type()));
      }
      String qualified = Unqualified.qualified(code, host, variables);
      String imports = host.packageName().isEmpty() ? "" : "import " + host.packageName() + ".*;\n";
      return written(qualified, all, returns, imports);
    } catch (StackOverflowError deep) {
      return new Result.Unusable("nested too deeply");
    }
  }

  /** Looked at before any parser sees it: parsers are attack surface. */
  private static Optional<String> problem(String code) {
    if (code.getBytes(StandardCharsets.UTF_8).length > BYTES) {
      return Optional.of("longer than " + BYTES + " bytes");
    }
    if (code.contains("\\u") || CONTROL.matcher(code).find()) {
      return Optional.of("unicode escapes or characters outside of ASCII");
    }
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      depth += "([{<".indexOf(code.charAt(i)) >= 0 ? 1 : 0;
      depth -= ")]}>".indexOf(code.charAt(i)) >= 0 && depth > 0 ? 1 : 0;
      if (depth > NESTING) {
        return Optional.of("nested deeper than " + NESTING);
      }
    }
    return Optional.empty();
  }

  private static Result written(
      String code, List<Variable> variables, String returns, String imports) {
    String head = "class FettleSnippet { Object m() {\n";
    Optional<ParsedFile> file = ParsedFile.of("FettleSnippet.java", head + code + "\n}}");
    Optional<List<StatementTree>> statements = SnippetParser.statements(code);
    if (file.isEmpty() || statements.isEmpty()) {
      return new Result.Unusable("not a sequence of statements");
    }
    Set<String> named = new HashSet<>();
    Set<String> declared = new HashSet<>();
    List<ReturnTree> leaves = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(Tree tree, @Nullable Void unused) {
        if (tree instanceof com.sun.source.tree.IdentifierTree identifier) {
          named.add(identifier.getName().toString());
        }
        return super.scan(tree, unused);
      }

      @Override
      public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
        leaves.add(tree);
        return super.visitReturn(tree, unused);
      }

      @Override
      public @Nullable Void visitLambdaExpression(LambdaExpressionTree t, @Nullable Void unused) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
        return tree.getSimpleName().contentEquals("FettleSnippet")
            ? super.visitClass(tree, unused)
            : null;
      }

      @Override
      public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
        scan(tree.getArguments(), null);
        return null;
      }
    }.scan(file.get().unit(), null);
    statements.get().stream()
        .filter(VariableTree.class::isInstance)
        .map(s -> ((VariableTree) s).getName().toString())
        .forEach(declared::add);
    List<Variable> taken =
        variables.stream()
            .filter(v -> NAME.matcher(v.name()).matches() && !v.name().startsWith("fettle$"))
            .filter(v -> named.contains(word(v)) || declared.contains(v.name()))
            .toList();
    String body = withoutReturns(file.get(), code, head.length(), leaves, taken.size(), returns);
    return new Result.Written(
        new SnippetClass(
            unit(imports, body, taken, declared),
            taken.stream().map(v -> v.name() + " " + v.descriptor()).toList()));
  }

  /** {@code if (true)} keeps what follows reachable in the compiler's eyes. */
  private static String withoutReturns(
      ParsedFile file,
      String code,
      int offset,
      List<ReturnTree> leaves,
      int taken,
      String returns) {
    StringBuilder text = new StringBuilder(code);
    List<ReturnTree> last = new ArrayList<>(leaves);
    last.sort(
        Comparator.comparingLong(
                (ReturnTree r) -> file.positions().getStartPosition(file.unit(), r))
            .reversed());
    for (ReturnTree each : last) {
      int start = (int) file.positions().getStartPosition(file.unit(), each) - offset;
      int end = (int) file.positions().getEndPosition(file.unit(), each) - offset;
      ExpressionTree value = each.getExpression();
      String given = "null";
      if (value != null) {
        int from = (int) file.positions().getStartPosition(file.unit(), value) - offset;
        int to = (int) file.positions().getEndPosition(file.unit(), value) - offset;
        given = code.substring(from, to);
      }
      String typed =
          returns.equals("void")
              ? "fettle$v[" + (taken + 1) + "] = " + given + ";"
              : returns + " fettle$r = " + given + "; fettle$v[" + (taken + 1) + "] = fettle$r;";
      text.replace(
          start,
          end,
          "if (true) { " + typed + " fettle$v[" + taken + "] = \"return\"; return fettle$v; }");
    }
    return text.toString();
  }

  private static String word(Variable variable) {
    return variable.name().equals("this") ? Unqualified.THIS : variable.name();
  }

  private static String unit(
      String imports, String body, List<Variable> taken, Set<String> declared) {
    StringBuilder text =
        new StringBuilder(imports)
            .append("import java.util.*;\nimport java.math.*;\n")
            .append("final class FettleSnippet {\n")
            .append("@SuppressWarnings({\"unchecked\", \"rawtypes\"})\n")
            .append("static Object[] heal(Object[] fettle$v) {\n");
    for (int i = 0; i < taken.size(); i++) {
      Variable v = taken.get(i);
      if (!declared.contains(v.name())) {
        String type = v.type();
        text.append(type).append(' ').append(word(v)).append(" = (").append(type);
        text.append(") fettle$v[").append(i).append("];\n");
      }
    }
    text.append(body).append('\n');
    for (int i = 0; i < taken.size(); i++) {
      text.append("fettle$v[").append(i).append("] = ").append(word(taken.get(i))).append(";\n");
    }
    return text.append("return fettle$v;\n}\n}\n").toString();
  }
}
