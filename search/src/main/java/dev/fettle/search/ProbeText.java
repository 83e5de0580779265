package dev.fettle.search;

import dev.fettle.contract.model.CandidateBatch.Part;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.List;

/** Code that records values and asks the laboratory's probe for an answer. */
final class ProbeText {
  private static final String PROBE = "dev.fettle.lab.search.Probe.";
  private static final String NAME = "fettle$probe";
  private static final int PIECES = 4096;

  private ProbeText() {}

  /** A condition that stands for the place's own. */
  static String asking(Place place, int number) {
    StringBuilder arguments = new StringBuilder();
    for (VisibleVariable v : variables(place)) {
      arguments.append(arguments.isEmpty() ? "" : ", ").append(v.name());
    }
    return "("
        + NAME
        + number
        + "("
        + arguments
        + ") ? "
        + PROBE
        + "answer() : "
        + PROBE
        + "asked("
        + PROBE
        + "asking(), "
        + place.original()
        + "))";
  }

  /** The method that records: each value is a piece, dropped alone when it does not compile. */
  static List<Part> method(Place place, int number, Region region, List<ScopeValues.Value> values) {
    StringBuilder head = new StringBuilder("\n").append(region.prefix()).append("boolean ");
    head.append(NAME).append(number).append('(');
    String separator = "";
    for (VisibleVariable v : variables(place)) {
      head.append(separator).append(place.site().file().typeText(v.type()));
      head.append(' ').append(v.name());
      separator = ", ";
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(number, head + ") {\nif (" + PROBE + "open()) {\n"));
    for (int i = 0; i < values.size(); i++) {
      String value = PROBE + "is(" + i + ", " + values.get(i).text() + ");";
      parts.add(
          new Part(
              Part.SHARED + number * PIECES + i,
              number,
              "try { " + value + " } catch (java.lang.RuntimeException fettle$thrown) {}\n"));
    }
    parts.add(new Part(number, "}\nreturn " + PROBE + "forced();\n}\n"));
    return parts;
  }

  /** Fields can be named by the method itself. */
  private static List<VisibleVariable> variables(Place place) {
    return place.site().around().variables(place.site().path()).stream()
        .filter(v -> v.kind() != VisibleVariable.Kind.FIELD)
        .filter(v -> !place.site().file().typeText(v.type()).matches("(?s).*[&#].*|.*capture.*"))
        .toList();
  }
}
