package dev.fettle.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the chooser of one run decided: one JSON object per line, oldest first. */
record DecisionJournal(List<Decision> decisions) {

  /**
   * One decision.
   *
   * @param remedy its name; {@code escalate} when nothing was applied
   * @param features what the choice was made from
   * @param offered the remedies that could have been applied, and {@code escalate} where a caller's
   *     statement could have been healed instead
   */
  record Decision(
      String site, String remedy, double confidence, List<String> features, List<String> offered) {
    private static final String ESCALATE = "escalate";

    boolean applied() {
      return !remedy.equals(ESCALATE);
    }

    /** Whether it was left to a caller's statement that could be healed. */
    boolean escalated() {
      return !applied() && offered.contains(ESCALATE);
    }

    /** Those that could have been applied here. */
    List<String> remedies() {
      return offered.stream().filter(name -> !name.equals(ESCALATE)).toList();
    }
  }

  /** What the agent rehearses on, before the program starts. */
  private static final String OWN = "dev.fettle.agent.";

  DecisionJournal {
    decisions = List.copyOf(decisions);
  }

  /** Reads what is there; a line that a killed child left half written is skipped. */
  static DecisionJournal read(Path file) {
    List<Decision> decisions = new ArrayList<>();
    JsonMapper json = JsonMapper.builder().build();
    for (String line : lines(file)) {
      try {
        Decision decision = decision(json.readTree(line));
        if (!decision.site().startsWith(OWN)) {
          decisions.add(decision);
        }
      } catch (JacksonException cutShort) {
        break;
      }
    }
    return new DecisionJournal(decisions);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException noDecision) {
      return List.of();
    }
  }

  private static Decision decision(JsonNode node) {
    return new Decision(
        node.path("site").asString(""),
        node.path("remedy").asString("escalate"),
        node.path("confidence").asDouble(0),
        texts(node.path("features")),
        texts(node.path("offered")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asString("")));
    return texts;
  }
}
