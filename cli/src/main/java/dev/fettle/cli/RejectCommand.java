package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Refuses the proposed patch of an incident; it is never proposed again.")
final class RejectCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Parameters(paramLabel = "INCIDENT", description = "An incident id.")
  String id = "";

  @CommandLine.Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for those who learn from it.")
  String reason = "";

  @Override
  public Integer call() {
    Decision.print(
        Terminal.out(spec),
        output,
        server
            .client()
            .post("/incidents/" + Ids.incident(id) + "/reject", Map.of("reason", reason)));
    return ExitCode.DONE.code();
  }
}
