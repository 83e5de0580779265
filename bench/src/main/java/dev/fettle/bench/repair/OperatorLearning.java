package dev.fettle.bench.repair;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learns how often operators repair, from the records that {@code bench repair --data --json}
 * prints: operators of patches that were ranked first and are correct. A problem counts once,
 * however many programs of it there are, because they have faults alike. Immutable.
 */
public final class OperatorLearning {
  /** How many problems the prior that is learned from is worth. Chosen, not measured. */
  private static final double STRENGTH = 60;

  private final List<Repair> repairs;

  private OperatorLearning(List<Repair> repairs) {
    this.repairs = List.copyOf(repairs);
  }

  private record Repair(String problem, List<String> operators) {}

  /** Reads what a run printed. */
  public static OperatorLearning read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw BenchFailure.usage(
          file + ": wanted what bench repair --data --json prints: " + e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException for a text without items
   */
  static OperatorLearning parse(String text) {
    List<Repair> repairs = new ArrayList<>();
    JsonNode items = JsonMapper.builder().build().readTree(text).path("perItem");
    if (!items.isArray()) {
      throw new IllegalArgumentException("there is no perItem");
    }
    for (JsonNode item : items) {
      String first = item.path("patches").path(0).asString("");
      if (item.path("correct").asBoolean(false) && first.startsWith("search/")) {
        String operators = first.substring("search/".length(), first.indexOf(':'));
        repairs.add(new Repair(item.path("problem").asString(""), List.of(operators.split("\\+"))));
      }
    }
    return new OperatorLearning(repairs);
  }

  /** Learned from all. */
  public OperatorPrior all(OperatorPrior base) {
    return base.learned(seen(problem -> true), STRENGTH);
  }

  /** Learned from all problems but one. */
  public OperatorPrior without(String problem, OperatorPrior base) {
    return base.learned(seen(other -> !other.equals(problem)), STRENGTH);
  }

  /** Repairs that were learned from. */
  public int repairs() {
    return repairs.size();
  }

  private Map<String, Double> seen(Predicate<String> problems) {
    Map<String, Integer> operatorsOf = new HashMap<>();
    repairs.forEach(r -> operatorsOf.merge(r.problem(), r.operators().size(), Integer::sum));
    Map<String, Double> seen = new HashMap<>();
    for (Repair repair : repairs) {
      if (problems.test(repair.problem())) {
        double weight = 1.0 / operatorsOf.getOrDefault(repair.problem(), 1);
        repair.operators().forEach(o -> seen.merge(o, weight, Double::sum));
      }
    }
    return seen;
  }
}
