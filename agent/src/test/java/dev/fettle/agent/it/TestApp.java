package dev.fettle.agent.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A program that a test writes, compiles and runs in a JVM of its own, with or without agent. */
final class TestApp {
  /** How a run ended. */
  record Run(int exit, String out, String err) {
    /** Standard error without what the JVM and the agent say about the agent. */
    String ownErr() {
      return err.lines()
          .filter(l -> !l.startsWith("[fettle]"))
          .filter(l -> !l.contains("Sharing is only supported"))
          .reduce("", (a, b) -> a + b + "\n");
    }
  }

  private final Path directory;
  private final List<String> options = new ArrayList<>();
  private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  private TestApp(Path directory) {
    this.directory = directory;
  }

  /**
   * Compiles {@code app.Main} as javac does by default for Maven: with variables and parameters.
   */
  static TestApp of(Path directory, String source) throws IOException {
    return of(directory, "app/Main.java", source, "-g", "-parameters");
  }

  static TestApp of(Path directory, String file, String source, String... options)
      throws IOException {
    Path path = directory.resolve("src").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
    Files.createDirectories(directory.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-d", directory.resolve("classes").toString(), path.toString()));
    int rc =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (rc != 0) {
      throw new IllegalArgumentException("does not compile: " + file);
    }
    return new TestApp(directory);
  }

  TestApp with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  TestApp on(Path javaHome) {
    java = javaHome.resolve("bin/java");
    return this;
  }

  Path classes() {
    return directory.resolve("classes");
  }

  static Path agentJar() {
    return Path.of("target", "fettle-agent.jar").toAbsolutePath();
  }

  TestApp withAgent(String server, String... more) {
    String arguments =
        Stream.concat(Stream.of("server=" + server), Stream.of(more))
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    options.add("-javaagent:" + agentJar() + "=" + arguments);
    return this;
  }

  Run run() throws IOException, InterruptedException {
    return finish(start("-cp", classes().toString(), "app.Main"));
  }

  Run runJar(Path jar) throws IOException, InterruptedException {
    return finish(start("-jar", jar.toString()));
  }

  Run runClass(String main) throws IOException, InterruptedException {
    return finish(start("-cp", classes().toString(), main));
  }

  Process start(String... how) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx128m", "-Xshare:auto"));
    command.add("-Duser.home=" + directory);
    command.addAll(options);
    command.addAll(List.of(how));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectOutput(directory.resolve("out.txt").toFile());
    builder.redirectError(directory.resolve("err.txt").toFile());
    return builder.start();
  }

  Run finish(Process process) throws IOException, InterruptedException {
    return finish(process, 60);
  }

  Run finish(Process process, int seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + read("err.txt"));
    }
    return new Run(process.exitValue(), read("out.txt"), read("err.txt"));
  }

  String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /** Packs the classes under a folder of a jar, as a plain or a Spring Boot like layout needs. */
  Path jar(String folder, String mainClass) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    Path jar = directory.resolve("shop app-1.2.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes())) {
      files.filter(Files::isRegularFile).forEach(file -> add(out, folder, file));
    }
    return jar;
  }

  private void add(JarOutputStream out, String folder, Path file) {
    String name = classes().relativize(file).toString().replace(File.separatorChar, '/');
    try {
      out.putNextEntry(new JarEntry(folder + name));
      Files.copy(file, out);
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
