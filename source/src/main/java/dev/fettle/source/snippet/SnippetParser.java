package dev.fettle.source.snippet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.source.java.ParsedFile;
import java.util.List;
import java.util.Optional;

/** Parses parts of Java that are no files. */
final class SnippetParser {
  private static final String FILE = "FettleSnippet.java";

  private SnippetParser() {}

  /** The statements of a text; empty when it is not a sequence of statements and nothing else. */
  static Optional<List<StatementTree>> statements(String text) {
    String head = "class FettleSnippet { Object m() {\n";
    return ParsedFile.of(FILE, head + text + "\n}}")
        .filter(f -> f.unit().getTypeDecls().size() == 1)
        .map(f -> (ClassTree) f.unit().getTypeDecls().get(0))
        // a text with a brace too many would close the method and open another
        .filter(c -> c.getMembers().size() == 1 && c.getMembers().get(0) instanceof MethodTree)
        .map(c -> (MethodTree) c.getMembers().get(0))
        .filter(m -> m.getBody() != null)
        .map(m -> List.copyOf(m.getBody().getStatements()));
  }

  /** A method. */
  static Optional<Tree> member(String text) {
    return text.isBlank()
        ? Optional.empty()
        : ParsedFile.of(FILE, "class FettleSnippet {\n" + text + "\n}").map(ParsedFile::unit);
  }
}
