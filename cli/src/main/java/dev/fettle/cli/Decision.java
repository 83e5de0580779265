package dev.fettle.cli;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** The answer to approve, reject and rollback: what was done, with both ids. */
final class Decision {
  private Decision() {}

  static void print(PrintWriter out, Output output, JsonNode answer) {
    if (output.json) {
      output.object(out, answer);
      return;
    }
    out.println(Output.text(answer, "incident") + "  " + Output.text(answer, "status"));
    String detail = Output.text(answer, "detail");
    if (!detail.isEmpty()) {
      out.println("  " + detail);
    }
    for (JsonNode line : answer.path("deliveries")) {
      out.println(
          "  "
              + Output.text(line, "id")
              + "  "
              + Output.text(line, "channel")
              + "  "
              + Output.text(line, "result"));
    }
    out.flush();
  }
}
