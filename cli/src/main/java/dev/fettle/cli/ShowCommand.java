package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@CommandLine.Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows all that is known of one incident.")
final class ShowCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Parameters(
      paramLabel = "INCIDENT",
      description = "An incident id (see: fettle incidents).")
  String id = "";

  @CommandLine.Option(
      names = "--inputs",
      description = {
        "Instead, per frame: how many of the captured values a test can write as they were, how",
        "many it stubs, and which are lost."
      })
  boolean inputs;

  @Override
  public Integer call() {
    return inputs ? showInputs() : showIncident();
  }

  private int showInputs() {
    JsonNode census = server.client().get("/incidents/" + Ids.incident(id) + "/inputs");
    var out = Terminal.out(spec);
    if (output.json) {
      output.object(out, census);
      return ExitCode.DONE.code();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("FRAME", "PLAIN", "STUBBED", "LOST", "WHICH"));
    for (JsonNode frame : census.path("frames")) {
      List<String> lost = new ArrayList<>();
      frame.path("lostNames").forEach(name -> lost.add(name.asString()));
      boolean captured = frame.path("captured").asBoolean();
      rows.add(
          List.of(
              frame.path("place").asString(),
              captured ? frame.path("plain").asString() : "-",
              captured ? frame.path("stubbable").asString() : "-",
              captured ? frame.path("lost").asString() : "-",
              captured ? String.join(", ", lost) : "captured without values"));
    }
    Output.table(out, rows);
    return ExitCode.DONE.code();
  }

  private int showIncident() {
    JsonNode incident = server.client().get("/incidents/" + Ids.incident(id));
    var out = Terminal.out(spec);
    if (output.json) {
      output.object(out, incident);
    } else {
      new IncidentText(out).print(incident);
    }
    return ExitCode.DONE.code();
  }
}
