package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
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

  @Override
  public Integer call() {
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
