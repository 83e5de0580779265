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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Runs one program in child JVMs, with and without the agent in turn, and compares the CPU time of
 * its pieces. Of each side the least time counts: what is slower was disturbed.
 */
public final class HealCosts {
  private static final int TIMEOUT_SECONDS = 300;

  private final Path java;
  private final Path agent;
  private final Path folder;
  private final List<Path> libraries;
  private final Consumer<String> progress;

  /**
   * @param java runs the children
   * @param folder takes class files
   * @param libraries jars of jackson-databind 2, what it needs, and jsoup: their work is measured
   *     too, with their own packages healable; empty for none
   */
  public HealCosts(
      Path java, Path agent, Path folder, List<Path> libraries, Consumer<String> progress) {
    this.java = java;
    this.agent = agent;
    this.folder = folder;
    this.libraries = List.copyOf(libraries);
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param forks of each side, at least 1
   * @param batches per piece of work and fork
   */
  public HealCostReport measure(int forks, int batches) throws IOException, InterruptedException {
    compile("Costs");
    if (!libraries.isEmpty()) {
      compile("Libraries");
    }
    Map<String, Double> plain = new TreeMap<>();
    Map<String, Double> healable = new TreeMap<>();
    for (int fork = 1; fork <= forks; fork++) {
      progress.accept("fork " + fork + " of " + forks);
      least(plain, run("Costs", false, batches));
      least(healable, run("Costs", true, batches));
      if (!libraries.isEmpty()) {
        least(plain, run("Libraries", false, batches));
        least(healable, run("Libraries", true, batches));
      }
    }
    return new HealCostReport(forks, plain, healable);
  }

  private static void least(Map<String, Double> sofar, Map<String, Double> more) {
    more.forEach((name, nanos) -> sofar.merge(name, nanos, Math::min));
  }

  private String classPath() {
    return Stream.concat(Stream.of(folder), libraries.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void compile(String program) throws IOException {
    Path source = folder.resolve(program + ".java");
    try (InputStream in = HealCosts.class.getResourceAsStream(program + ".txt")) {
      if (in == null) {
        throw BenchFailure.broken("the program to measure is missing from this jar");
      }
      Files.write(source, in.readAllBytes());
    }
    var javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw BenchFailure.broken("this Java has no compiler; run on a JDK");
    }
    List<String> arguments =
        List.of("-g", "-nowarn", "-cp", classPath(), "-d", folder.toString(), source.toString());
    OutputStream out = OutputStream.nullOutputStream();
    if (javac.run(null, out, out, arguments.toArray(String[]::new)) != 0) {
      throw libraries.isEmpty() || program.equals("Costs")
          ? BenchFailure.broken("the program to measure does not compile")
          : BenchFailure.usage(
              "--libraries: expected the jars of jackson-databind 2, jackson-core,"
                  + " jackson-annotations and jsoup, got "
                  + libraries);
    }
  }

  private Map<String, Double> run(String program, boolean healing, int batches)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xbatch", "-XX:+UseSerialGC"));
    if (healing) {
      command.add(
          "-javaagent:"
              + agent
              + "=heal=typed,heal.threshold=0,heal.warm-up=wait,heal.budget.site=1000000000"
              + ",heal.budget.instance=1000000000,server=http://127.0.0.1:9"
              + ",packages=costs,com.fasterxml.jackson,org.jsoup");
    }
    command.addAll(List.of("-Duser.home=" + folder, "-cp", classPath(), "costs." + program));
    command.addAll(List.of(Integer.toString(batches), Boolean.toString(healing)));
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
    return parse(Files.readString(out, StandardCharsets.UTF_8));
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 500)).strip();
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
