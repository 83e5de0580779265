package dev.fettle.bench.confidence;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A patch that passes all visible tests, and whether it passes the hidden ones.
 *
 * @param problem programs of one problem are not independent
 * @param rank from 1
 * @param passes all hidden tests
 */
public record JudgedPatch(
    String item,
    String problem,
    String generator,
    int rank,
    boolean passes,
    Map<String, Double> features) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public JudgedPatch {
    features = Map.copyOf(features);
  }

  /** One line of a file of records. */
  public String line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("item", item);
    line.put("problem", problem);
    line.put("generator", generator);
    line.put("rank", rank);
    line.put("passes", passes);
    line.put("features", new TreeMap<>(features));
    return JSON.writeValueAsString(line);
  }

  /** Reads files of records; a bad line is named with what was expected. */
  public static List<JudgedPatch> read(List<Path> files) {
    List<JudgedPatch> all = new ArrayList<>();
    for (Path file : files) {
      List<String> lines;
      try {
        lines = Files.readAllLines(file);
      } catch (IOException e) {
        throw BenchFailure.usage("cannot read " + file + ": " + e.getMessage());
      }
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          all.add(parse(lines.get(i), file + ":" + (i + 1) + ": "));
        }
      }
    }
    if (all.isEmpty()) {
      throw BenchFailure.usage("no record in " + files);
    }
    return all;
  }

  private static JudgedPatch parse(String line, String where) {
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, Double> features = new TreeMap<>();
      for (var feature : node.path("features").properties()) {
        features.put(feature.getKey(), feature.getValue().asDouble(Double.NaN));
      }
      boolean numbers = features.values().stream().allMatch(Double::isFinite);
      if (node.path("passes").isBoolean() && numbers && !features.isEmpty()) {
        return new JudgedPatch(
            node.path("item").asString(""),
            node.path("problem").asString(""),
            node.path("generator").asString(""),
            node.path("rank").asInt(1),
            node.path("passes").asBoolean(),
            features);
      }
    } catch (JacksonException notJson) {
      // Falls through to the message.
    }
    throw BenchFailure.usage(
        where + "wanted a record of bench repair --records, with features and passes");
  }
}
