package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles programs with the running JDK, debug tables included, as build tools do. Keeps the
 * result of each text for its lifetime. Guarded by itself.
 */
final class ProgramCompiler implements AutoCloseable {
  private final JavaCompiler javac;
  private final StandardJavaFileManager files;
  private final Path folder;
  private final Map<String, Path> compiled = new HashMap<>();

  /**
   * @param folder takes a directory of class files per text
   */
  ProgramCompiler(Path folder) {
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw BenchFailure.broken("this Java has no compiler; run on a JDK");
    }
    this.javac = found;
    this.files = found.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    this.folder = folder;
  }

  /** The directory of the text's class files. The text declares class {@code Main}. */
  synchronized Path compile(String text, String what) {
    String key = hash(text);
    Path known = compiled.get(key);
    if (known != null) {
      return known;
    }
    Path classes = folder.resolve(key);
    StringWriter messages = new StringWriter();
    try {
      Files.createDirectories(classes);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + classes + ": " + e.getMessage());
    }
    boolean done =
        javac
            .getTask(
                messages,
                files,
                null,
                List.of("-g", "-proc:none", "-nowarn", "-Xlint:none", "-d", classes.toString()),
                null,
                List.of(new Text(text)))
            .call();
    if (!done) {
      throw BenchFailure.usage(what + " does not compile:\n" + messages.toString().strip());
    }
    compiled.put(key, classes);
    return classes;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String text) {
      super(URI.create("string:///Main.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, JavaFileObject.Kind kind) {
      return kind == Kind.SOURCE;
    }
  }
}
