package dev.fettle.bench.repair;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.contract.model.TrialTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A faulty program of the data set.
 *
 * @param kind {@code wrong}, {@code raise} or {@code timeout}
 * @param visible what the repairer sees
 * @param hidden what only judges
 * @param bugs how many were planted
 * @param problem names and classes are for reports only
 */
public record Item(
    String id,
    String kind,
    String source,
    List<TrialTest.MainOutput> visible,
    List<TrialTest.MainOutput> hidden,
    int bugs,
    String problem,
    String bugClass,
    String solution) {

  /** Reads one JSON object per line. */
  public static List<Item> read(Path file) {
    JsonMapper mapper = JsonMapper.builder().build();
    List<Item> items = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw BenchFailure.usage("cannot read " + file + ": " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw BenchFailure.usage("cannot read " + file + ": " + e.getMessage());
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        items.add(of(mapper.readTree(lines.get(i))));
      } catch (JacksonException | IllegalArgumentException e) {
        throw BenchFailure.usage(
            file
                + ":"
                + (i + 1)
                + ": wanted a JSON object with source and visible tests: "
                + e.getMessage());
      }
    }
    if (items.isEmpty()) {
      throw BenchFailure.usage("no items in " + file);
    }
    return items;
  }

  private static Item of(JsonNode node) {
    if (!node.path("source").isString() || node.path("visible").isEmpty()) {
      throw new IllegalArgumentException("no source or no visible tests");
    }
    return new Item(
        text(node, "id", "item"),
        text(node, "kind", "wrong"),
        text(node, "source", ""),
        tests(node.path("visible"), "visible"),
        tests(node.path("hidden"), "hidden"),
        node.path("bugs").asInt(1),
        text(node, "problem", "unknown"),
        text(node, "bug_class", "unknown"),
        text(node, "solution", ""));
  }

  private static String text(JsonNode node, String field, String otherwise) {
    JsonNode value = node.path(field);
    return value.isString() ? value.asString() : otherwise;
  }

  private static List<TrialTest.MainOutput> tests(JsonNode nodes, String what) {
    List<TrialTest.MainOutput> tests = new ArrayList<>();
    for (JsonNode node : nodes) {
      tests.add(
          new TrialTest.MainOutput(
              what + " test " + (tests.size() + 1),
              "Main",
              node.path("main_source").asString(""),
              node.path("expected_stdout").asString("")));
    }
    return tests;
  }
}
