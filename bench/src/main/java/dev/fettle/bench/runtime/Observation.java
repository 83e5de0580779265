package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A remedy that was applied at a site of an item, and how the run ended.
 *
 * @param outcome of the run; the remedy may not have been alone in it
 */
record Observation(
    String problem,
    String item,
    String site,
    String remedy,
    List<String> features,
    Outcome outcome) {

  Observation {
    features = List.copyOf(features);
  }

  /** One per site and remedy of a run; leaving it to a caller's statement counts as one. */
  static List<Observation> of(Attempt attempt) {
    List<Observation> found = new ArrayList<>();
    Map<String, List<String>> features = new HashMap<>();
    attempt.journal().decisions().forEach(d -> features.put(d.site(), d.features()));
    Set<String> seen = new HashSet<>();
    for (DecisionJournal.Decision decision : attempt.journal().decisions()) {
      if (decision.escalated() && seen.add(decision.site() + " " + decision.remedy())) {
        found.add(
            new Observation(
                attempt.item().problem(),
                attempt.item().id(),
                decision.site(),
                decision.remedy(),
                decision.features(),
                attempt.outcome()));
      }
    }
    for (AppliedHeals.Heal heal : attempt.applied().heals()) {
      if (seen.add(heal.site() + " " + heal.remedy())) {
        found.add(
            new Observation(
                attempt.item().problem(),
                attempt.item().id(),
                heal.site(),
                heal.remedy(),
                features.getOrDefault(heal.site(), List.of("any")),
                attempt.outcome()));
      }
    }
    return found;
  }

  /** Items that some run with a single remedy made correct. */
  static int correctItems(List<Observation> observations) {
    return (int)
        observations.stream()
            .filter(o -> o.outcome() == Outcome.CORRECT)
            .map(Observation::item)
            .distinct()
            .count();
  }

  /** Appends to a file, a line each. */
  static void append(List<Observation> observations, Path file) {
    JsonMapper json = JsonMapper.builder().build();
    List<String> lines = new ArrayList<>();
    for (Observation each : observations) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("problem", each.problem);
      line.put("item", each.item);
      line.put("site", each.site);
      line.put("remedy", each.remedy);
      line.put("features", each.features);
      line.put("outcome", each.outcome.name());
      lines.add(json.writeValueAsString(line));
    }
    try {
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot write " + file + ": " + e.getMessage());
    }
  }

  static List<Observation> read(Path file) {
    JsonMapper json = JsonMapper.builder().build();
    List<Observation> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode node = json.readTree(line);
        List<String> features = new ArrayList<>();
        node.path("features").forEach(each -> features.add(each.asString()));
        found.add(
            new Observation(
                node.path("problem").asString(),
                node.path("item").asString(),
                node.path("site").asString(),
                node.path("remedy").asString(),
                features,
                Outcome.valueOf(node.path("outcome").asString())));
      }
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw BenchFailure.usage(
          "cannot read observations from "
              + file
              + " (written by --observations): "
              + e.getMessage());
    }
    return found;
  }
}
