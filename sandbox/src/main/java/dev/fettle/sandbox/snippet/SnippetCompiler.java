package dev.fettle.sandbox.snippet;

import dev.fettle.sandbox.WarmCompiler;
import dev.fettle.sandbox.build.Jdks;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinements;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's compiler in a confined child without network, ten seconds at most, no annotation
 * processing, nothing on its class path but what is named. The child stays for the next snippet.
 * Thread-safe.
 */
public final class SnippetCompiler implements AutoCloseable {
  /** Larger sources are not compiled. */
  public static final int SOURCE_BYTES = 64 * 1024;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int RELEASE = 17;
  private static final int ERRORS = 2_000;
  private static final String NAME = "FettleSnippet";

  private final Children children;
  private final @Nullable WarmCompiler compiler;

  /** The class file, or why there is none. */
  public sealed interface Result {
    /** Compiled. */
    record Compiled(byte[] classFile) implements Result {}

    /** Not compiled; what the compiler said, bounded. */
    record Refused(String reason) implements Result {}
  }

  private SnippetCompiler(Children children, @Nullable WarmCompiler compiler) {
    this.children = children;
    this.compiler = compiler;
  }

  /**
   * Opens it; no child is started before there is something to compile.
   *
   * @param data a directory, created when absent
   * @param host whether children may run where nothing can confine them
   */
  public static SnippetCompiler open(Path data, HostExecution host) throws IOException {
    Files.createDirectories(data);
    Children children = new Children(Confinements.strongest(host));
    Path jdk = Jdks.installed().fitting(RELEASE).orElse(null);
    return new SnippetCompiler(
        children, jdk == null ? null : new WarmCompiler(children, data, jdk, RELEASE));
  }

  /** Compiles one unit that declares the class {@code FettleSnippet}. */
  public Result compile(String source, List<Path> classPath) throws IOException {
    return compile(source, Map.of(), classPath);
  }

  /**
   * Compiles one unit that declares the class {@code FettleSnippet}.
   *
   * @param shown class files that come before the class path, by internal name
   */
  public Result compile(String source, Map<String, byte[]> shown, List<Path> classPath)
      throws IOException {
    if (source.length() > SOURCE_BYTES) {
      return new Result.Refused("longer than " + SOURCE_BYTES + " characters");
    }
    if (compiler == null) {
      return new Result.Refused("no JDK of release " + RELEASE + " or later is installed");
    }
    Map<String, byte[]> given = new HashMap<>();
    shown.forEach((name, bytes) -> given.put(name.replace('/', '.'), bytes));
    WarmCompiler.Outcome outcome =
        compiler.compile(NAME + ".java", source, given, classPath, LIMIT);
    if (outcome instanceof WarmCompiler.Outcome.Nothing nothing) {
      return new Result.Refused(cut(nothing.reason()));
    }
    byte[] file = ((WarmCompiler.Outcome.Classes) outcome).files().get(NAME);
    return file == null
        ? new Result.Refused("it declares no class " + NAME)
        : new Result.Compiled(file);
  }

  private static String cut(String said) {
    String plain = said.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?").strip();
    return plain.isEmpty()
        ? "the compiler ended without a class"
        : plain.substring(0, Math.min(plain.length(), ERRORS));
  }

  @Override
  public void close() {
    if (compiler != null) {
      compiler.close();
    }
    children.close();
  }
}
