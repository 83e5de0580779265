package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.ServerClient;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description =
        "Delivers the proposed patch of an incident through the channels that wait for it.")
final class ApproveCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Parameters(paramLabel = "INCIDENT", description = "An incident id.")
  String id = "";

  @Override
  public Integer call() {
    Decision.print(
        Terminal.out(spec),
        output,
        server
            .client()
            .post("/incidents/" + Ids.incident(id) + "/approve", Map.of(), ServerClient.WORKING));
    return ExitCode.DONE.code();
  }
}
