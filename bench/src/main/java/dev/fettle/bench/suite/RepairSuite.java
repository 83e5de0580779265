package dev.fettle.bench.suite;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs {@code fettle repair} on every project below a directory, one after the other. Patches are
 * only written down: whether they are correct is for others to judge.
 */
public final class RepairSuite {
  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts", "build.xml");
  private static final String EXPECTED = "expected.txt";
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Settings settings;
  private final PrintWriter err;

  /**
   * What to run.
   *
   * @param patches where patches go, as {@code <project>/1..5.patch}; null for nowhere
   * @param cli the packed command line
   * @param data where built copies and fetched libraries are kept between projects
   */
  public record Settings(
      Path suite, Duration budget, @Nullable Path patches, Path cli, Path java, Path data) {}

  public RepairSuite(Settings settings, PrintWriter err) {
    this.settings = settings;
    this.err = err;
  }

  /**
   * One project.
   *
   * @param end as {@code fettle repair} names it, or {@code SKIPPED}, or {@code BROKEN} when the
   *     process did not answer
   * @param expected what the project's {@value #EXPECTED} says; empty without one
   */
  public record Item(
      String project,
      String end,
      String expected,
      int patches,
      boolean confirmed,
      long tried,
      double wallSeconds,
      double cpuSeconds,
      Map<String, Double> phases,
      String reason) {
    /** Whether it ended as expected, or nothing was. */
    public boolean asExpected() {
      return expected.isEmpty() || end.equals("SKIPPED") || expected.equals(end);
    }
  }

  /** Runs all, in the order of their names. */
  public List<Item> run() throws IOException, InterruptedException {
    List<Item> items = new ArrayList<>();
    for (Path project : projects(settings.suite())) {
      Item item = one(project);
      items.add(item);
      err.printf(
          java.util.Locale.ROOT,
          "fettle: %-32s %-12s %d patches, %.1f s %s%n",
          item.project(),
          item.end(),
          item.patches(),
          item.wallSeconds(),
          item.asExpected() ? "" : "(expected " + item.expected() + ")");
      err.flush();
    }
    return items;
  }

  /** Subdirectories with a build file, by name. */
  static List<Path> projects(Path suite) throws IOException {
    try (Stream<Path> children = Files.list(suite)) {
      List<Path> projects =
          children
              .filter(Files::isDirectory)
              .filter(d -> BUILD_FILES.stream().anyMatch(f -> Files.isRegularFile(d.resolve(f))))
              .sorted()
              .toList();
      if (projects.isEmpty()) {
        throw BenchFailure.usage(
            "no project in " + suite + ": wanted subdirectories with a build file");
      }
      return projects;
    }
  }

  private Item one(Path project) throws IOException, InterruptedException {
    Path output = Files.createTempFile("fettle-repair", ".json");
    Path log = Files.createTempFile("fettle-repair", ".log");
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command(project))
              .redirectOutput(output.toFile())
              .redirectError(log.toFile())
              .start();
      Duration most = settings.budget().plus(GRACE);
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      double wall = (System.nanoTime() - start) / 1e9;
      Optional<JsonNode> answer = answer(output);
      if (answer.isEmpty()) {
        String last = last(log);
        return new Item(
            name(project), "BROKEN", expected(project), 0, false, 0, wall, 0, Map.of(), last);
      }
      return item(project, answer.get(), wall);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(log);
    }
  }

  private List<String> command(Path project) {
    return List.of(
        settings.java().toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-jar",
        settings.cli().toString(),
        "repair",
        "--project",
        project.toString(),
        "--budget",
        settings.budget().toSeconds() + "s",
        "--data",
        settings.data().toString(),
        "--json");
  }

  private static Optional<JsonNode> answer(Path output) throws IOException {
    String text = Files.readString(output);
    try {
      JsonNode node = text.isBlank() ? null : JSON.readTree(text);
      return Optional.ofNullable(node).filter(n -> n.has("end"));
    } catch (JacksonException cut) {
      return Optional.empty();
    }
  }

  private Item item(Path project, JsonNode answer, double wall) throws IOException {
    String end = answer.path("end").asString();
    String reason = answer.path("reason").asString();
    if (end.equals("UNREADABLE") && reason.contains("Gradle")) {
      end = "SKIPPED";
    }
    Map<String, Double> phases = new LinkedHashMap<>();
    answer
        .path("phases")
        .properties()
        .forEach(p -> phases.put(p.getKey(), p.getValue().asDouble()));
    boolean confirmed = answer.path("patches").path(0).path("confirmed").asBoolean(false);
    if (settings.patches() != null) {
      write(settings.patches().resolve(name(project)), answer.path("patches"));
    }
    return new Item(
        name(project),
        end,
        expected(project),
        answer.path("patches").size(),
        confirmed,
        answer.path("tried").asLong(),
        wall,
        answer.path("cpuSeconds").asDouble(),
        phases,
        reason);
  }

  /** Old patches of the project go first. */
  private static void write(Path folder, JsonNode patches) throws IOException {
    Files.createDirectories(folder);
    for (int rank = 1; rank <= 5; rank++) {
      Path file = folder.resolve(rank + ".patch");
      Files.deleteIfExists(file);
      if (rank <= patches.size()) {
        JsonNode patch = patches.get(rank - 1);
        byte[] bytes = java.util.Base64.getDecoder().decode(patch.path("diffBytes").asString());
        Files.write(file, bytes);
      }
    }
  }

  private static String expected(Path project) throws IOException {
    Path file = project.resolve(EXPECTED);
    return Files.isRegularFile(file)
        ? Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip()
        : "";
  }

  private static String name(Path project) {
    return String.valueOf(project.getFileName());
  }

  private static String last(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.length() <= 300 ? text : text.substring(text.length() - 300);
  }
}
