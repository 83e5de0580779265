package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@CommandLine.Command(
    name = "incidents",
    mixinStandardHelpOptions = true,
    description = "Lists incidents, latest first.")
final class IncidentsCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Parameters(
      arity = "0..*",
      paramLabel = "WORDS",
      description = "Only those that hold these words.")
  List<String> words = List.of();

  @Override
  public Integer call() {
    JsonNode answer =
        server
            .client()
            .get(
                "/incidents?size=200&query="
                    + URLEncoder.encode(String.join(" ", words), StandardCharsets.UTF_8));
    var out = Terminal.out(spec);
    if (output.json) {
      output.object(out, answer);
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("INCIDENT", "STATUS", "COUNT", "SERVICE", "WHAT", "DELIVERIES"));
      for (JsonNode incident : answer.path("incidents")) {
        List<String> deliveries = new ArrayList<>();
        incident.path("deliveries").forEach(d -> deliveries.add(d.asString()));
        rows.add(
            List.of(
                Output.text(incident, "id"),
                Output.text(incident, "status"),
                Output.text(incident, "count"),
                Output.text(incident, "service"),
                Output.text(incident, "title"),
                String.join(" ", deliveries)));
      }
      Output.table(out, rows);
    }
    return answer.path("incidents").isEmpty()
        ? ExitCode.NOTHING_FOUND.code()
        : ExitCode.DONE.code();
  }
}
