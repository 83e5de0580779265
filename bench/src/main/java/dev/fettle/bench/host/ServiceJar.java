package dev.fettle.bench.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Executable Spring Boot jars built from source, once per content of the source. The source folder
 * is never written to: a copy of it is built.
 *
 * @param cache holds one jar per content
 */
public record ServiceJar(Path cache) {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(6);
  private static final Set<String> NOT_SOURCE = Set.of("target", ".git", ".idea");

  /** The cache below {@code $XDG_CACHE_HOME/fettle}. */
  public static ServiceJar of(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return new ServiceJar(base.resolve("fettle").resolve("bench"));
  }

  /** The jar of the Maven project in {@code source}. */
  public Path builtFrom(Path source, Consumer<String> progress) {
    if (!Files.isRegularFile(source.resolve("pom.xml"))) {
      throw BenchFailure.broken("no pom.xml in " + source);
    }
    try {
      Path jar = cache.resolve(digest(source) + ".jar");
      if (!Files.exists(jar)) {
        progress.accept("building " + source.getFileName() + " (once)");
        build(source, jar);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot build " + source, e);
    }
  }

  private void build(Path source, Path jar) throws IOException {
    Files.createDirectories(cache);
    Path copy = Files.createTempDirectory(cache, "build-");
    try {
      visit(source, (relative, file) -> copy(file, copy.resolve(relative)));
      runMaven(copy);
      Files.move(executableJar(copy), jar, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(copy);
    }
  }

  private static void runMaven(Path copy) throws IOException {
    Path log = copy.resolve("build.log");
    List<String> command = new ArrayList<>();
    if (Files.isRegularFile(copy.resolve("mvnw"))) {
      command.addAll(List.of("sh", "./mvnw"));
    } else {
      command.add("mvn");
    }
    command.addAll(List.of("-q", "-B", "-DskipTests", "package"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(copy.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw BenchFailure.broken("the build took more than " + BUILD_LIMIT.toMinutes() + " min");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    }
    if (process.exitValue() != 0) {
      List<String> lines = Files.readAllLines(log);
      throw BenchFailure.broken(
          "the service does not build:\n  "
              + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 15), lines.size())));
    }
  }

  private static Path executableJar(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      List<Path> jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(ServiceJar::executable)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (jars.size() != 1) {
        throw BenchFailure.broken(
            "expected the build to make one executable Spring Boot jar, it made " + jars);
      }
      return jars.get(0);
    }
  }

  /** Whether {@code java -jar} starts a Spring Boot application from it. */
  private static boolean executable(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest() != null
          && file.getManifest().getMainAttributes().getValue("Start-Class") != null;
    } catch (IOException notAJar) {
      return false;
    }
  }

  static String digest(Path source) throws IOException {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
    List<Path> files = new ArrayList<>();
    visit(source, (relative, file) -> files.add(file));
    files.sort(Comparator.comparing(Path::toString));
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      String head = source.relativize(file) + " " + content.length + "\n";
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      sha.update(content);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 12);
  }

  /** What is done with each source file. */
  private interface Visitor {
    void accept(Path relative, Path file) throws IOException;
  }

  private static void visit(Path source, Visitor visitor) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean skip = !dir.equals(source) && NOT_SOURCE.contains(dir.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              visitor.accept(source.relativize(file), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void copy(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
