package dev.fettle.bench.healcost;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private final Consumer<String> progress;

  /**
   * @param java runs the children
   * @param folder takes class files
   */
  public HealCosts(Path java, Path agent, Path folder, Consumer<String> progress) {
    this.java = java;
    this.agent = agent;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param forks of each side, at least 1
   * @param batches per piece of work and fork
   */
  public HealCostReport measure(int forks, int batches) throws IOException, InterruptedException {
    compile();
    Map<String, Double> plain = new TreeMap<>();
    Map<String, Double> healable = new TreeMap<>();
    for (int fork = 1; fork <= forks; fork++) {
      progress.accept("fork " + fork + " of " + forks);
      least(plain, run(false, batches));
      least(healable, run(true, batches));
    }
    return new HealCostReport(forks, plain, healable);
  }

  private static void least(Map<String, Double> sofar, Map<String, Double> more) {
    more.forEach((name, nanos) -> sofar.merge(name, nanos, Math::min));
  }

  private void compile() throws IOException {
    Path source = folder.resolve("Costs.java");
    try (InputStream in = HealCosts.class.getResourceAsStream("Costs.txt")) {
      if (in == null) {
        throw BenchFailure.broken("the program to measure is missing from this jar");
      }
      Files.write(source, in.readAllBytes());
    }
    var javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw BenchFailure.broken("this Java has no compiler; run on a JDK");
    }
    int code = javac.run(null, null, null, "-g", "-d", folder.toString(), source.toString());
    if (code != 0) {
      throw BenchFailure.broken("the program to measure does not compile");
    }
  }

  private Map<String, Double> run(boolean healing, int batches)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xbatch", "-XX:+UseSerialGC"));
    if (healing) {
      command.add(
          "-javaagent:"
              + agent
              + "=heal=typed,heal.threshold=0,heal.warm-up=wait,heal.budget.site=1000000000"
              + ",heal.budget.instance=1000000000,server=http://127.0.0.1:9");
    }
    command.addAll(List.of("-Duser.home=" + folder, "-cp", folder.toString(), "costs.Costs"));
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
