package dev.fettle.bench.model;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.llm.context.Brief;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCase;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long it takes to gather what a model is told about a failure in a large code base. */
public final class ContextCost {
  private static final int REPEATS = 9;
  private static final int PAST = 500;

  private final Path folder;
  private final long lines;

  /**
   * @param folder an empty one
   * @param lines of code, at least 1000
   */
  public ContextCost(Path folder, long lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /** Writes the code base and measures; the first reading indexes it, the others know it. */
  public Map<String, Object> measure() {
    LargeProject project;
    try {
      project = new LargeProject(folder, lines);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + folder + ": " + e.getMessage());
    }
    PastCases past = new PastCases(past());
    CaseReader reader = new CaseReader(new JavaSources(), () -> past, LlmSettings.none());
    RepairCase failing = project.failure();
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    int characters = 0;
    for (int i = 0; i <= REPEATS; i++) {
      long began = System.nanoTime();
      long spent = cpu();
      Brief brief = reader.read(failing);
      wall.add((System.nanoTime() - began) / 1e6);
      cpu.add((cpu() - spent) / 1e6);
      characters = brief.parts().values().stream().mapToInt(String::length).sum();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", project.lines());
    json.put("files", project.paths().size());
    json.put("contextCharacters", characters);
    json.put("firstWallMs", Math.round(wall.get(0)));
    json.put("firstCpuMs", Math.round(cpu.get(0)));
    json.put("warmWallMs", Math.round(median(wall.subList(1, wall.size()))));
    json.put("warmCpuMs", Math.round(median(cpu.subList(1, cpu.size()))));
    return json;
  }

  private static List<PastCase> past() {
    List<PastCase> past = new ArrayList<>();
    for (int i = 0; i < PAST; i++) {
      past.add(
          new PastCase(
              "inc-past" + (100 + i),
              "java.lang.NullPointerException app.p" + i + ".Part" + i + "x0.total coupon",
              "guarded the coupon",
              "merged"));
    }
    return past;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
