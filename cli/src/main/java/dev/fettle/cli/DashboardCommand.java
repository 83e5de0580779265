package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.OwnerSecret;
import dev.fettle.cli.run.ServerClient;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = "Prints a link that lets the browser that opens it decide about patches.")
final class DashboardCommand implements Callable<Integer> {
  private static final Duration LINK_LIFE = Duration.ofHours(1);

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin ServerAddress server = new ServerAddress();
  @CommandLine.Mixin Output output = new Output();

  @Override
  public Integer call() {
    ServerClient client = server.client();
    if (!client.reachable()) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "no Fettle server answers at " + client.address() + "; start one with: fettle serve");
    }
    OwnerSecret owner =
        ServerAddress.owner(client.address())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.REFUSED,
                        "the owner's token of "
                            + client.address()
                            + " is not known here: FETTLE_OWNER=TOKEN, from owner.token in the"
                            + " server's data directory"));
    URI link = link(client.address(), owner);
    PrintWriter out = Terminal.out(spec);
    if (output.json) {
      output.object(out, Map.of("link", link.toString()));
    } else {
      out.println(link);
      out.flush();
    }
    return ExitCode.DONE.code();
  }

  /** A sentence with a link, for when a server starts. */
  static String decide(URI address, DataDirectory directory) {
    return "to approve or reject there, open once within an hour: "
        + link(address, directory.owner());
  }

  private static URI link(URI address, OwnerSecret owner) {
    return owner.link(address, Instant.now().plus(LINK_LIFE));
  }
}
