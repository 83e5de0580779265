package dev.fettle.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** One incident as text for people. */
final class IncidentText {
  private final PrintWriter out;

  IncidentText(PrintWriter out) {
    this.out = out;
  }

  void print(JsonNode incident) {
    line(
        Output.text(incident, "id")
            + "  "
            + Output.text(incident, "status")
            + "  "
            + Output.text(incident, "title"));
    line(
        "  service      "
            + Output.text(incident, "service")
            + ", seen "
            + Output.text(incident, "count")
            + " times, last "
            + Output.text(incident, "lastSeen"));
    field("why reported", Output.block(incident, "reason"));
    String request = Output.text(incident, "request", "method");
    if (!request.isEmpty()) {
      field(
          "request",
          request
              + " "
              + Output.text(incident, "request", "path")
              + " -> "
              + Output.text(incident, "request", "status"));
    }
    JsonNode diagnosis = incident.path("diagnosis");
    field("fault", Output.text(diagnosis, "faultClass"));
    field("root cause", Output.block(diagnosis, "rootCause"));
    field("limitation", Output.block(diagnosis, "limitation"));
    for (JsonNode suspect : diagnosis.path("suspects")) {
      field(
          "suspect",
          Output.text(suspect, "place")
              + " ("
              + Output.text(suspect, "role")
              + ", "
              + Output.text(suspect, "suspiciousness")
              + ")");
      suspect.path("evidence").forEach(e -> line("                 " + Output.line(e.asString())));
    }
    field("reproduction", Output.block(incident, "reproduction", "summary"));
    for (JsonNode candidate : incident.path("candidates")) {
      field(
          "candidate",
          Output.text(candidate, "verdict")
              + "  "
              + Output.text(candidate, "generator")
              + ": "
              + Output.block(candidate, "rationale"));
    }
    for (JsonNode delivery : incident.path("deliveries")) {
      field(
          "delivery",
          Output.text(delivery, "id")
              + "  "
              + Output.text(delivery, "channel")
              + "  "
              + Output.text(delivery, "reference"));
      delivery
          .path("outcomes")
          .forEach(
              o ->
                  line(
                      "                 "
                          + Output.text(o, "kind")
                          + " "
                          + Output.text(o, "detail")));
    }
    String diff = Output.block(incident, "diff");
    if (!diff.isEmpty()) {
      line("");
      line(diff.stripTrailing());
    }
    line("");
    for (JsonNode entry : incident.path("timeline")) {
      line(
          "  "
              + Output.text(entry, "at")
              + "  "
              + Output.text(entry, "step")
              + " "
              + Output.text(entry, "state")
              + "  "
              + Output.text(entry, "detail"));
    }
    out.flush();
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      line(String.format("  %-13s%s", name, value.replace("\n", "\n               ")));
    }
  }

  private void line(String text) {
    out.println(text);
  }
}
