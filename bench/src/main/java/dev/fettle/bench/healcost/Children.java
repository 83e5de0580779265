package dev.fettle.bench.healcost;

import dev.fettle.bench.host.BenchFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Programs to measure, in child JVMs with and without the agent. Confined to one thread. */
final class Children {
  private static final int TIMEOUT_SECONDS = 300;

  private final Path java;
  private final Path agent;
  private final Path folder;
  private final List<Path> libraries;
  private final Installed installed;

  Children(Path java, Path agent, Path folder, List<Path> libraries, Installed installed) {
    this.java = java;
    this.agent = agent;
    this.folder = folder;
    this.libraries = libraries;
    this.installed = installed;
  }

  private static String joined(Stream<Path> paths) {
    return paths.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Compiles a program of this jar.
   *
   * @param options for the compiler beside the class path
   * @param more of the class path
   * @return whether the compiler had no complaint
   */
  boolean compile(String program, List<String> options, String more) throws IOException {
    Path source = folder.resolve(program + ".java");
    try (InputStream in = Children.class.getResourceAsStream(program + ".txt")) {
      if (in == null) {
        throw BenchFailure.broken("the program " + program + " is missing from this jar");
      }
      Files.write(source, in.readAllBytes());
    }
    var javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw BenchFailure.broken("this Java has no compiler; run on a JDK");
    }
    String path = joined(Stream.concat(Stream.of(folder), libraries.stream()));
    List<String> arguments =
        new ArrayList<>(List.of("-g", "-nowarn", "--release", "17", "-d", folder.toString()));
    arguments.addAll(List.of("-cp", path + File.pathSeparator + more, source.toString()));
    arguments.addAll(options);
    OutputStream out = OutputStream.nullOutputStream();
    return javac.run(null, out, out, arguments.toArray(String[]::new)) == 0;
  }

  /** What both sides are started with, and the agent where it is wanted. */
  List<String> jvmArguments(boolean healing) {
    List<String> arguments =
        new ArrayList<>(List.of("-Xbatch", "-XX:+UseSerialGC", "-Duser.home=" + folder));
    if (healing) {
      arguments.add(
          "-javaagent:"
              + agent
              + "="
              + installed.options()
              + ",heal.threshold=0,heal.warm-up=wait,heal.budget.site=1000000000"
              + ",heal.budget.instance=1000000000,server=http://127.0.0.1:9"
              + ",packages=costs,com.fasterxml.jackson,org.jsoup");
    }
    return arguments;
  }

  /** Runs a program that prints a name and a figure a line. */
  Map<String, Double> run(String program, boolean healing, int batches)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(jvmArguments(healing));
    command.add("-cp");
    command.add(joined(Stream.concat(Stream.of(folder), libraries.stream())));
    command.addAll(
        List.of("costs." + program, Integer.toString(batches), Boolean.toString(healing)));
    return parse(start(command));
  }

  /** Runs java; returns what it printed. */
  String start(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(arguments);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process child =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!child.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      child.destroyForcibly();
      throw BenchFailure.broken("a child took more than " + TIMEOUT_SECONDS + " s");
    }
    if (child.exitValue() != 0) {
      throw BenchFailure.broken(
          "a child ended with " + child.exitValue() + ": " + tail(Files.readString(err)));
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 500)).strip();
  }

  /** Where children may write. */
  Path folder() {
    return folder;
  }

  static Map<String, Double> parse(String out) {
    Map<String, Double> costs = new TreeMap<>();
    for (String line : out.split("\n")) {
      int blank = line.indexOf(' ');
      if (blank > 0 && line.substring(0, blank).indexOf('.') > 0) {
        costs.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1).strip()));
      }
    }
    return costs;
  }
}
