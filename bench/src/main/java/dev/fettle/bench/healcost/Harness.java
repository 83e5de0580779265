package dev.fettle.bench.healcost;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small pieces of work that do not fail, measured by JMH. Confined to one thread. */
final class Harness {
  private static final String PROGRAM = "Micro";

  private final Children children;
  // JMH and the generator of its code are part of this jar
  private final String classPath = System.getProperty("java.class.path");

  Harness(Children children) {
    this.children = children;
  }

  void compile() throws IOException {
    List<String> generator =
        List.of(
            "-processor",
            "org.openjdk.jmh.generators.BenchmarkProcessor",
            "-processorpath",
            classPath);
    if (!children.compile(PROGRAM, generator, classPath)) {
      throw BenchFailure.broken("the microbenchmarks do not compile");
    }
  }

  /**
   * One fork: nanoseconds of each piece of work, the least of its iterations.
   *
   * @param iterations measured ones, half a second each
   */
  Map<String, Double> run(boolean healing, int iterations)
      throws IOException, InterruptedException {
    Path result = children.folder().resolve("jmh.json");
    children.start(
        List.of(
            "-cp",
            children.folder() + System.getProperty("path.separator") + classPath,
            "org.openjdk.jmh.Main",
            "costs." + PROGRAM,
            "-bm",
            "avgt",
            "-tu",
            "ns",
            "-f",
            "1",
            "-wi",
            "4",
            "-w",
            "500ms",
            "-i",
            Integer.toString(iterations),
            "-r",
            "500ms",
            "-rf",
            "json",
            "-rff",
            result.toString(),
            "-jvmArgs",
            String.join(" ", children.jvmArguments(healing))));
    return parse(JsonMapper.builder().build().readTree(Files.readString(result)));
  }

  static Map<String, Double> parse(JsonNode result) {
    Map<String, Double> costs = new TreeMap<>();
    for (JsonNode benchmark : result) {
      String name = benchmark.path("benchmark").asString("");
      for (JsonNode fork : benchmark.path("primaryMetric").path("rawData")) {
        for (JsonNode nanos : fork) {
          String work = "micro." + name.substring(name.lastIndexOf('.') + 1);
          costs.merge(work, nanos.asDouble(), Math::min);
        }
      }
    }
    if (costs.isEmpty()) {
      throw BenchFailure.broken("JMH measured nothing");
    }
    return costs;
  }
}
