package dev.fettle.bench.healcost;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs programs in child JVMs, with and without the agent in turn, and compares what their pieces
 * cost. Of each side the least counts: what is slower was disturbed.
 */
public final class HealCosts {
  private static final int ITERATIONS = 6;

  private final Children children;
  private final Harness harness;
  private final List<Path> libraries;
  private final Installed installed;
  private final Consumer<String> progress;
  private final Map<String, Double> plain = new TreeMap<>();
  private final Map<String, Double> healable = new TreeMap<>();

  /**
   * @param java runs the children
   * @param folder takes class files
   * @param libraries jars of jackson-databind 2, what it needs, and jsoup: their work is measured
   *     too, with their own packages healable; empty for none
   */
  public HealCosts(
      Path java,
      Path agent,
      Path folder,
      List<Path> libraries,
      Installed installed,
      Consumer<String> progress) {
    this.children = new Children(java, agent, folder, List.copyOf(libraries), installed);
    this.installed = installed;
    this.harness = new Harness(children);
    this.libraries = List.copyOf(libraries);
    this.progress = progress;
  }

  /**
   * Measures; once.
   *
   * @param forks of each side, at least 1
   * @param batches per piece of work and fork
   */
  public HealCostReport measure(int forks, int batches) throws IOException, InterruptedException {
    compile();
    for (int fork = 1; fork <= forks; fork++) {
      progress.accept("fork " + fork + " of " + forks);
      for (boolean healing : new boolean[] {fork % 2 == 0, fork % 2 != 0}) {
        Map<String, Double> side = healing ? healable : plain;
        least(side, harness.run(healing, ITERATIONS));
        if (installed.heals()) {
          least(side, children.run("Costs", healing, batches));
          least(side, children.run("Decisions", healing, batches));
        }
        if (!libraries.isEmpty()) {
          least(side, children.run("Libraries", healing, batches));
          least(side, children.run("Loads", healing, batches));
        }
      }
    }
    return new HealCostReport(installed, forks, plain, healable);
  }

  private void compile() throws IOException {
    harness.compile();
    for (String program : List.of("Costs", "Decisions", "Loads")) {
      if (!children.compile(program, List.of(), "")) {
        throw BenchFailure.broken("the program " + program + " does not compile");
      }
    }
    if (!libraries.isEmpty() && !children.compile("Libraries", List.of(), "")) {
      throw BenchFailure.usage(
          "--libraries: expected the jars of jackson-databind 2, jackson-core,"
              + " jackson-annotations and jsoup, got "
              + libraries);
    }
  }

  private static void least(Map<String, Double> sofar, Map<String, Double> more) {
    more.forEach((name, nanos) -> sofar.merge(name, nanos, Math::min));
  }
}
