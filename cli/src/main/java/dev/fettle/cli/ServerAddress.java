package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.cli.run.ServerClient;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which server a command talks to. */
final class ServerAddress {
  @CommandLine.Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server. Default: FETTLE_SERVER, else the server last started here, else"
              + " http://localhost:7411.")
  @Nullable String url;

  ServerClient client() {
    String chosen = url != null ? url : System.getenv("FETTLE_SERVER");
    if (chosen == null || chosen.isBlank()) {
      return new ServerClient(
          RunningServers.of(System.getenv()).latest().orElse(URI.create("http://localhost:7411")));
    }
    try {
      URI uri = new URI(chosen);
      if (uri.getHost() == null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw new CommandFailure(
            ExitCode.USAGE, "expected a server such as http://localhost:7411, got " + chosen);
      }
      return new ServerClient(uri);
    } catch (java.net.URISyntaxException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "expected a server such as http://localhost:7411, got " + chosen);
    }
  }
}
