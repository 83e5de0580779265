package dev.fettle.sandbox.snippet;

import dev.fettle.sandbox.build.Jdks;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinements;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.confine.Room;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDK's compiler in a confined child without network, ten seconds at most, no annotation
 * processing, nothing on its class path but what is named. Thread-safe.
 */
public final class SnippetCompiler implements AutoCloseable {
  /** Larger sources are not compiled. */
  public static final int SOURCE_BYTES = 64 * 1024;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int RELEASE = 17;
  private static final int ERRORS = 2_000;

  private final Path data;
  private final Children children;
  private final Jdks jdks;

  /** The class file, or why there is none. */
  public sealed interface Result {
    /** Compiled. */
    record Compiled(byte[] classFile) implements Result {}

    /** Not compiled; what the compiler said, bounded. */
    record Refused(String reason) implements Result {}
  }

  private SnippetCompiler(Path data, Children children, Jdks jdks) {
    this.data = data;
    this.children = children;
    this.jdks = jdks;
  }

  /**
   * @param data a directory, created when absent
   * @param host whether children may run where nothing can confine them
   */
  public static SnippetCompiler open(Path data, HostExecution host) throws IOException {
    Files.createDirectories(data);
    return new SnippetCompiler(data, new Children(Confinements.strongest(host)), Jdks.installed());
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
    Path jdk = jdks.fitting(RELEASE).orElse(null);
    if (jdk == null) {
      return new Result.Refused("no JDK of release " + RELEASE + " or later is installed");
    }
    Path folder = Files.createTempDirectory(data, "snippet");
    try {
      Files.writeString(folder.resolve("FettleSnippet.java"), source, StandardCharsets.UTF_8);
      List<Path> path = new ArrayList<>();
      if (!shown.isEmpty()) {
        path.add(written(folder.resolve("shown"), shown));
      }
      path.addAll(classPath);
      List<Path> readable = new ArrayList<>(path);
      readable.add(jdk);
      Children.Ended ended =
          children.execute(
              new Room(
                  command(jdk, folder, path),
                  folder,
                  readable,
                  List.of(folder),
                  false,
                  Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8")),
              LIMIT);
      Path compiled = folder.resolve("out").resolve("FettleSnippet.class");
      return ended.passed() && Files.isRegularFile(compiled)
          ? new Result.Compiled(Files.readAllBytes(compiled))
          : new Result.Refused(ended.inTime() ? cut(ended.output()) : "not compiled in 10 s");
    } finally {
      delete(folder);
    }
  }

  private static Path written(Path root, Map<String, byte[]> shown) throws IOException {
    for (Map.Entry<String, byte[]> each : shown.entrySet()) {
      Path file = root.resolve(each.getKey() + ".class").normalize();
      if (!file.startsWith(root)) {
        throw new IllegalArgumentException("not the name of a class: " + each.getKey());
      }
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    return root;
  }

  private static List<String> command(Path jdk, Path folder, List<Path> classPath) {
    String path =
        classPath.isEmpty()
            ? folder.resolve("none").toString()
            : classPath.stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        jdk.resolve("bin/javac").toString(),
        "-J-Xmx256m",
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "--release",
        Integer.toString(RELEASE),
        "-XDstringConcat=inline",
        "-proc:none",
        "-implicit:none",
        "-Xlint:none",
        "-nowarn",
        "-g:none",
        "-cp",
        path,
        "-d",
        folder.resolve("out").toString(),
        folder.resolve("FettleSnippet.java").toString());
  }

  private static String cut(String said) {
    String plain = said.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?").strip();
    return plain.isEmpty()
        ? "the compiler ended without a class"
        : plain.substring(0, Math.min(plain.length(), ERRORS));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() {
    children.close();
  }
}
