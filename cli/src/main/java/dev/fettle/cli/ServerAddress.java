package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.OwnerSecret;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.cli.run.ServerClient;
import java.net.URI;
import java.util.Optional;
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
      URI latest =
          RunningServers.of(System.getenv()).latest().orElse(URI.create("http://localhost:7411"));
      return new ServerClient(latest, owner(latest).orElse(null));
    }
    try {
      URI uri = new URI(chosen);
      if (uri.getHost() == null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw new CommandFailure(
            ExitCode.USAGE, "expected a server such as http://localhost:7411, got " + chosen);
      }
      return new ServerClient(uri, owner(uri).orElse(null));
    } catch (java.net.URISyntaxException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "expected a server such as http://localhost:7411, got " + chosen);
    }
  }

  /** What the owner of a server shows: told, else that of a server started here. */
  static Optional<OwnerSecret> owner(URI address) {
    String told = System.getenv("FETTLE_OWNER");
    return told != null && !told.isBlank()
        ? Optional.of(new OwnerSecret(told.strip()))
        : RunningServers.of(System.getenv()).dataOf(address).flatMap(DataDirectory::existingOwner);
  }
}
