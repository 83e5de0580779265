package dev.fettle.bench.overhead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a figure was measured. */
record Machine(String cpu, int cores, String system, String load, String jdk) {

  /**
   * @param java the binary that ran the services
   */
  static Machine read(String java) {
    return new Machine(
        fact("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        firstLine("/proc/loadavg"),
        version(java));
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("jdk", jdk);
    facts.put("machine", cpu + ", " + cores + " cores, " + system);
    facts.put("loadAverage", load);
    return facts;
  }

  private static String fact(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException unreadable) {
      return "unknown processor";
    }
  }

  private static String firstLine(String file) {
    try {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("unknown");
    } catch (IOException unreadable) {
      return "unknown";
    }
  }

  private static String version(String java) {
    try {
      Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8);
      return said.lines()
          .filter(line -> line.contains("Runtime Environment"))
          .findFirst()
          .orElse(said)
          .strip();
    } catch (IOException e) {
      return java + " cannot be run";
    }
  }
}
