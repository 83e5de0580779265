package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects text replacements in one file. Never prints a tree: what is not edited keeps every
 * character. Inserted text is written with {@code \n} and without indentation of its own; it takes
 * over the file's line ends and the indentation of the place. Confined to the file's thread.
 */
public final class Edits {
  private final JavaFile file;
  private final List<Replacement> replacements = new ArrayList<>();
  private final Set<String> imports = new LinkedHashSet<>();

  private Edits(JavaFile file) {
    this.file = file;
  }

  /** No edits yet. */
  public static Edits in(JavaFile file) {
    return new Edits(file);
  }

  /** Replaces a tree's text. */
  public Edits replace(Tree tree, String text) {
    return replace(file.start(tree), file.end(tree), text);
  }

  /** Replaces a span; an insertion when it is empty. */
  public Edits replace(int start, int end, String text) {
    String expected = file.text().substring(start, end);
    replacements.add(
        new Replacement(file.path(), start, end, expected, text.replace("\n", file.lineEnd())));
    return this;
  }

  /** Puts text around a tree. */
  public Edits wrap(Tree tree, String before, String after) {
    replace(file.start(tree), file.start(tree), before);
    return replace(file.end(tree), file.end(tree), after);
  }

  /**
   * Inserts statements before one. Where the statement is the brace-less body of an if or loop,
   * braces are added.
   *
   * @param text statements, lines parted by {@code \n}, indented relative to each other
   */
  public Edits insertBefore(StatementTree statement, String text) {
    return inBlock(statement)
        ? replace(file.start(statement), file.start(statement), above(statement, text))
        : braces(statement, text, "");
  }

  /** Inserts statements after one; adds braces as {@link #insertBefore} does. */
  public Edits insertAfter(StatementTree statement, String text) {
    String indent = file.indentation(file.start(statement));
    return inBlock(statement)
        ? replace(file.end(statement), file.end(statement), "\n" + indented(text, indent))
        : braces(statement, "", text);
  }

  /**
   * Puts one or more statements of a block into the body of a new one, indented one step.
   *
   * @param header such as {@code if (order != null)}
   */
  public Edits enclose(StatementTree first, StatementTree last, String header) {
    String indent = file.indentation(file.start(first));
    String body = file.text().substring(file.start(first), file.end(last));
    String step = step();
    String deeper = body.replace("\r\n", "\n").replaceAll("\n(?=[^\n])", "\n" + step);
    return replace(
        file.start(first),
        file.end(last),
        header + " {\n" + indent + step + deeper + "\n" + indent + "}");
  }

  /** Removes a statement, with its line when it stands alone on it; a body becomes {@code {}}. */
  public Edits remove(StatementTree statement) {
    int start = file.start(statement);
    int end = file.end(statement);
    if (!inBlock(statement)) {
      return replace(start, end, "{}");
    }
    int lineStart = file.lineStart(file.lineOf(start));
    String text = file.text();
    int after = end;
    while (after < text.length() && (text.charAt(after) == ' ' || text.charAt(after) == '\t')) {
      after++;
    }
    boolean alone =
        text.substring(lineStart, start).isBlank()
            && (after == text.length() || "\r\n".indexOf(text.charAt(after)) >= 0);
    if (!alone) {
      return replace(start, end, "");
    }
    if (after < text.length() && text.charAt(after) == '\r') {
      after++;
    }
    if (after < text.length() && text.charAt(after) == '\n') {
      after++;
    }
    return replace(lineStart, after, "");
  }

  /**
   * The name by which edits may use a class. Adds an import where it is needed and the simple name
   * is free; qualified otherwise.
   *
   * @param qualified canonical name
   */
  public String type(String qualified) {
    String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
    if (imports.contains(qualified)) {
      return simple;
    }
    return file.nameOf(qualified)
        .orElseGet(
            () -> {
              boolean free =
                  !file.names().taken(qualified)
                      && imports.stream().noneMatch(i -> i.endsWith("." + simple));
              if (!free) {
                return qualified;
              }
              imports.add(qualified);
              return simple;
            });
  }

  /** The replacements so far, imports included; may be empty. */
  public List<Replacement> replacements() {
    List<Replacement> all = new ArrayList<>(replacements);
    imports.stream().sorted().forEach(i -> all.add(importOf(i)));
    return List.copyOf(all);
  }

  /**
   * The edits as a patch.
   *
   * @throws IllegalArgumentException when they overlap or change nothing
   */
  public Patch patch() {
    return new Patch(replacements());
  }

  /** One more step of indentation, as the file does it. */
  public String step() {
    for (Tree type : file.unit().getTypeDecls()) {
      if (type instanceof ClassTree c) {
        for (Tree member : c.getMembers()) {
          if (file.written(member)) {
            String indent = file.indentation(file.start(member));
            if (!indent.isEmpty() && indent.length() <= 8) {
              return indent;
            }
          }
        }
      }
    }
    return "    ";
  }

  /** Whether more statements may stand beside it. */
  private boolean inBlock(StatementTree statement) {
    Tree parent = file.path(statement).getParentPath().getLeaf();
    return parent instanceof BlockTree
        || (parent instanceof CaseTree c
            && c.getStatements() != null
            && c.getStatements().contains(statement));
  }

  private String above(StatementTree statement, String text) {
    String indent = file.indentation(file.start(statement));
    return indented(text, indent).substring(indent.length()) + "\n" + indent;
  }

  private static String indented(String text, String indent) {
    return indent + text.replaceAll("\n(?=[^\n])", "\n" + indent);
  }

  private Edits braces(StatementTree statement, String before, String after) {
    Tree parent = file.path(statement).getParentPath().getLeaf();
    String outer = file.indentation(file.start(parent));
    String inner = outer + step();
    int start = file.start(statement);
    String text = file.text();
    int from = start;
    while (from > 0 && Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    boolean sameLine = file.lineOf(Math.max(0, from - 1)) == file.lineOf(start);
    boolean commented =
        !sameLine && text.substring(file.lineStart(file.lineOf(from)), from).contains("//");
    String open =
        (commented ? "" : " ")
            + "{\n"
            + (before.isEmpty() ? "" : indented(before, inner) + "\n")
            + inner;
    String close = (after.isEmpty() ? "" : "\n" + indented(after, inner)) + "\n" + outer + "}";
    replace(commented ? start : from, start, open);
    return replace(file.end(statement), file.end(statement), close);
  }

  /** Among the imports in alphabetical order where they are sorted, else after the last one. */
  private Replacement importOf(String qualified) {
    String line = "import " + qualified + ";";
    List<ImportTree> imports = new ArrayList<>(file.imports());
    imports.removeIf(ImportTree::isStatic);
    for (ImportTree i : imports) {
      String name = i.getQualifiedIdentifier().toString();
      if (name.compareTo(qualified) > 0 && sameGroup(name, qualified)) {
        return insertion(file.start(i), line + file.lineEnd());
      }
    }
    if (!imports.isEmpty()) {
      ImportTree last =
          imports.stream()
              .filter(i -> sameGroup(i.getQualifiedIdentifier().toString(), qualified))
              .reduce((a, b) -> b)
              .orElse(imports.get(imports.size() - 1));
      return insertion(file.end(last), file.lineEnd() + line);
    }
    if (file.unit().getPackage() != null) {
      return insertion(file.end(file.unit().getPackage()), file.lineEnd() + file.lineEnd() + line);
    }
    return insertion(0, line + file.lineEnd() + file.lineEnd());
  }

  private static boolean sameGroup(String a, String b) {
    return a.substring(0, Math.max(0, a.indexOf('.')))
        .equals(b.substring(0, Math.max(0, b.indexOf('.'))));
  }

  private Replacement insertion(int at, String text) {
    return new Replacement(file.path(), at, at, "", text);
  }
}
