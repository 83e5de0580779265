package dev.fettle.source.java;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.SourcePositions;
import java.util.Optional;

/**
 * A file parsed without types: about a hundred times cheaper than a {@link JavaFile}, enough to
 * compare how a code base writes things. Confined to the thread that opened it.
 */
public record ParsedFile(
    String path, String text, CompilationUnitTree unit, SourcePositions positions) {

  /** Parses a text without errors; empty when it has some, is too large or nested too deeply. */
  public static Optional<ParsedFile> of(String path, String text) {
    return Syntax.parse(path, text, null)
        .filter(p -> p.errors().isEmpty())
        .map(p -> new ParsedFile(path, text, p.unit(), p.trees().getSourcePositions()));
  }

  /** Parses a file of the project; empty when it is missing, too large or unreadable. */
  public static Optional<ParsedFile> of(JavaProject project, String path) {
    return project
        .index()
        .text(path)
        .flatMap(
            text ->
                Syntax.parse(path, text, project.classes(path))
                    .map(
                        p -> new ParsedFile(path, text, p.unit(), p.trees().getSourcePositions())));
  }
}
