package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Takes a delivery back: reverts a hot patch, deletes an unmerged branch.")
final class RollbackCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Parameters(
      paramLabel = "DELIVERY",
      description = "A delivery id (see: fettle show).")
  String id = "";

  @Override
  public Integer call() {
    Decision.print(
        Terminal.out(spec),
        output,
        server.client().post("/deliveries/" + Ids.delivery(id) + "/rollback", Map.of()));
    return ExitCode.DONE.code();
  }
}
