package dev.fettle.source.mend;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.Replacement;
import dev.fettle.source.java.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text with what its parser makes of it, errors or not. Confined to one thread. */
final class Source {
  private final String path;
  private final String text;
  private final @Nullable CompilationUnitTree unit;
  private final @Nullable SourcePositions positions;

  private Source(String path, String text, Optional<ParsedFile> parsed) {
    this.path = path;
    this.text = text;
    this.unit = parsed.map(ParsedFile::unit).orElse(null);
    this.positions = parsed.map(ParsedFile::positions).orElse(null);
  }

  static Source of(String path, String text) {
    return new Source(path, text, ParsedFile.of(path, text));
  }

  /** A range of offsets; the end is after the last character. */
  record Span(int start, int end) {}

  /** A method: its span, the offset of its body's brace, and its return type. */
  record Method(int start, int end, int body, String returnType, Span type, MethodTree tree) {}

  /** A statement and the one before it in its block; the latter is empty for the first. */
  record Pair(Span before, Span at) {}

  String text() {
    return text;
  }

  String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** The text without comments and string contents. */
  String code() {
    return text.replaceAll("(?s)/\\*.*?\\*/", " ")
        .replaceAll("//[^\\n]*", " ")
        .replaceAll("\"(?:\\\\.|[^\"\\\\\\n])*+\"", "\"\"");
  }

  Mend replace(int start, int end, String after, String rationale, double cost) {
    Replacement one =
        new Replacement(
            path, start, end, text.substring(start, end), after.replace("\n", lineEnd()));
    return new Mend(List.of(one), sentence(rationale), cost);
  }

  Mend insert(int at, String added, String rationale, double cost) {
    return replace(at, at, added, rationale, cost);
  }

  /** The word, where it stands at or shortly before an offset, dropped. */
  Optional<Mend> word(String word, int at) {
    int found = text.lastIndexOf(word, at);
    return found < 0 || at - found > 200
        ? Optional.empty()
        : Optional.of(replace(found, found + word.length(), "", "drops " + word, 1.5));
  }

  /** Drops a statement, with its line when nothing else stands there. */
  Mend removeLine(Span statement, String rationale, double cost) {
    int line = text.lastIndexOf('\n', statement.start() - 1) + 1;
    int next = text.indexOf('\n', statement.end());
    boolean alone =
        next >= 0
            && text.substring(line, statement.start()).isBlank()
            && text.substring(statement.end(), next).isBlank();
    return alone
        ? replace(line, next + 1, "", rationale, cost)
        : replace(statement.start(), statement.end(), "", rationale, cost);
  }

  /** Adds an import after the last one, or after the package. */
  Mend importing(String qualified, double cost) {
    int after = 0;
    String before = "";
    if (unit != null && positions != null) {
      if (unit.getPackage() != null) {
        after = (int) positions.getEndPosition(unit, unit.getPackage());
        before = "\n\n";
      }
      for (ImportTree each : unit.getImports()) {
        after = Math.max(after, (int) positions.getEndPosition(unit, each));
        before = "\n";
      }
    }
    String line = "import " + qualified + ";";
    return insert(
        Math.max(0, after),
        after <= 0 ? line + "\n\n" : before + line,
        "imports " + qualified,
        cost);
  }

  /** The largest expression that begins at the offset, else the smallest around it. */
  Optional<Span> expression(int at) {
    List<Span> found = new ArrayList<>();
    scan(
        tree -> {
          Span span = span(tree);
          if (tree instanceof ExpressionTree && span.end() > span.start()) {
            if (span.start() <= at && at < span.end()) {
              found.add(span);
            }
          }
        });
    // javac points at the operator or the dot of an expression, so the smallest around comes first.
    return found.stream()
        .min(
            java.util.Comparator.<Span>comparingInt(s -> preferred(s, at))
                .thenComparingInt(
                    s -> s.start() == at ? s.start() - s.end() : s.end() - s.start()));
  }

  private static int preferred(Span span, int at) {
    return span.start() == at ? 1 : 0;
  }

  Optional<Method> methodAround(int at) {
    List<Method> found = new ArrayList<>();
    scan(
        tree -> {
          if (tree instanceof MethodTree method && method.getBody() != null) {
            Span span = span(method);
            Tree type = method.getReturnType();
            if (span.start() <= at && at <= span.end()) {
              Span typeSpan = type == null ? new Span(0, 0) : span(type);
              found.add(
                  new Method(
                      span.start(),
                      span.end(),
                      span(method.getBody()).start(),
                      type == null ? "" : String.valueOf(type),
                      typeSpan,
                      method));
            }
          }
        });
    return found.stream().min(java.util.Comparator.comparingInt(m -> m.end() - m.start()));
  }

  /** Parameters and variables of the method's outermost block with that type, in order. */
  List<String> variables(Method method, String type) {
    List<String> names = new ArrayList<>();
    List<Tree> declared = new ArrayList<>(method.tree().getParameters());
    declared.addAll(method.tree().getBody().getStatements());
    for (Tree tree : declared) {
      if (tree instanceof VariableTree variable
          && (variable.getType() == null
              || String.valueOf(variable.getType()).equals(type)
              || String.valueOf(variable.getType())
                  .replaceAll("<.*", "")
                  .endsWith(type.replaceAll("<.*", "")))) {
        names.add(variable.getName().toString());
      }
    }
    return names;
  }

  /** The innermost statement at an offset, with the one before it. */
  Optional<Pair> statements(int at) {
    List<Pair> found = new ArrayList<>();
    scan(
        tree -> {
          if (tree instanceof BlockTree block) {
            Span before = new Span(0, 0);
            for (StatementTree statement : block.getStatements()) {
              Span span = span(statement);
              if (span.start() <= at && at < span.end()) {
                found.add(new Pair(before, span));
              }
              before = span;
            }
          }
        });
    return found.stream()
        .min(java.util.Comparator.comparingInt(p -> p.at().end() - p.at().start()));
  }

  /** The white space before the first character of a line. */
  String indentation(int at) {
    int line = text.lastIndexOf('\n', at - 1) + 1;
    int end = line;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(line, end);
  }

  /** One step of indentation: what the least indented line of code has. */
  String step() {
    String least = "";
    for (String line : text.split("\\R")) {
      String bare = line.strip();
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      boolean code = !bare.isEmpty() && !bare.startsWith("*") && !indent.isEmpty();
      if (code && (least.isEmpty() || indent.length() < least.length())) {
        least = indent;
      }
    }
    return least.isEmpty() ? "  " : least;
  }

  private String lineEnd() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private Span span(Tree tree) {
    if (unit == null || positions == null) {
      return new Span(0, 0);
    }
    int start = (int) positions.getStartPosition(unit, tree);
    int end = (int) positions.getEndPosition(unit, tree);
    return start < 0 || end < start ? new Span(0, 0) : new Span(start, end);
  }

  private interface Visit {
    void of(Tree tree);
  }

  private void scan(Visit visit) {
    if (unit != null) {
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void p) {
          if (tree != null) {
            visit.of(tree);
          }
          return super.scan(tree, p);
        }
      }.scan(unit, null);
    }
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
