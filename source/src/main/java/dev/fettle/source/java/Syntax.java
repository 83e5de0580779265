package dev.fettle.source.java;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Parsing without types. */
public final class Syntax {
  /** Larger texts are not parsed. */
  static final int MAX_CHARS = 2_000_000;

  private static final List<String> OPTIONS =
      List.of("-proc:none", "-implicit:none", "-Xlint:none", "-nowarn");

  private Syntax() {}

  /** A parsed unit, not attributed. */
  record Parsed(JavacTask task, CompilationUnitTree unit, Trees trees, List<String> errors) {}

  /**
   * The syntax errors of a text, at most 20.
   *
   * @return {@code line: message} each; empty when it parses
   */
  public static List<String> errors(String path, String text) {
    return parse(path, text, null)
        .map(Parsed::errors)
        .orElse(List.of("1: too large or too deeply nested to parse"));
  }

  /** Parses; empty when the text is too large or nested too deeply for the parser. */
  static Optional<Parsed> parse(String path, String text, @Nullable JavaFileManager files) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    List<String> errors = new ArrayList<>();
    try {
      JavacTask task =
          (JavacTask)
              CompiledClasses.compiler()
                  .getTask(
                      Writer.nullWriter(),
                      files,
                      d -> add(errors, d),
                      OPTIONS,
                      null,
                      List.of(new MemorySource(path, text)));
      for (CompilationUnitTree unit : task.parse()) {
        return Optional.of(new Parsed(task, unit, Trees.instance(task), errors));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException | StackOverflowError e) {
      return Optional.empty(); // how javac reports an overflow of its own stack
    }
  }

  private static void add(List<String> errors, Diagnostic<? extends JavaFileObject> d) {
    if (d.getKind() == Diagnostic.Kind.ERROR && errors.size() < 20) {
      errors.add(d.getLineNumber() + ": " + d.getMessage(Locale.ROOT));
    }
  }
}
